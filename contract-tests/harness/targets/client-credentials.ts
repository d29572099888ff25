import {
  allowInsecureRequests,
  ClientSecretBasic,
  ClientSecretPost,
  clientCredentialsGrantRequest,
  processClientCredentialsResponse,
} from "oauth4webapi";
import type { TokenSupply } from "../run/fresh-tokens.ts";
import { TargetError } from "./target-error.ts";

export interface ClientCredentials {
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scope?: string;
  readonly audience?: string;
  /** Where the secret goes: in the header (Basic) or in the body. Default "basic". */
  readonly secretIn?: "basic" | "post";
}

/** Tokens by OAuth 2.0 client credentials (RFC 6749, section 4.4). */
export function clientCredentialsSupply(plan: ClientCredentials): TokenSupply {
  const { tokenUrl, clientId, clientSecret, scope, audience, secretIn = "basic" } = plan;
  const server = { issuer: new URL(tokenUrl).origin, token_endpoint: tokenUrl };
  const client = { client_id: clientId };
  const authentication = (secretIn === "basic" ? ClientSecretBasic : ClientSecretPost)(clientSecret);
  const parameters = {
    ...(scope === undefined ? {} : { scope }),
    ...(audience === undefined ? {} : { audience }),
  };
  return async (signal) => {
    try {
      const response = await clientCredentialsGrantRequest(server, client, authentication, parameters, {
        // A server under test often stands on this machine without TLS: the address is the caller's choice.
        [allowInsecureRequests]: true,
        ...(signal ? { signal } : {}),
      });
      const { access_token: value, expires_in: seconds } = await processClientCredentialsResponse(
        server,
        client,
        response,
      );
      return { value, ...(seconds === undefined ? {} : { lifetimeMs: seconds * 1_000 }) };
    } catch (error) {
      throw new TargetError(
        `Client credentials got no token from ${new URL(tokenUrl).origin}: ${reasonOf(error)}.`,
      );
    }
  };
}

/** Never the answer itself, which may hold what is secret. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = "error" in error && typeof error.error === "string" ? error.error : undefined;
  const status = "status" in error && typeof error.status === "number" ? `status ${error.status}` : undefined;
  const cause = error.cause instanceof Error && "code" in error.cause ? String(error.cause.code) : undefined;
  return [code ?? error.message.replace(/\.$/, ""), status, cause]
    .filter((part) => part !== undefined)
    .join(", ");
}
