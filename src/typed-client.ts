import createClient, { type Client } from "openapi-fetch";
import { operations } from "../generated/operations.ts";
import type { paths } from "../generated/schema.ts";
import type { Operation } from "./calls/operation.ts";
import type { ClientOptions } from "./client-options.ts";
import { completeOptions } from "./complete-options.ts";
import { refusal } from "./errors/refusal.ts";
import { toApiError } from "./errors/to-api-error.ts";
import { checkRequestUrl } from "./guards/check-request-url.ts";
import { LightRequest } from "./transport/light-request.ts";
import { toResponse } from "./transport/to-response.ts";
import { createTransport } from "./transport/transport.ts";

type Row = (typeof operations)[keyof typeof operations];
type CredentialName = Row extends { readonly credential: readonly [infer Name, ...unknown[]] } ? Name : never;

/** The documented paths, without the header that carries the key, which the client adds. */
export type PathsWithoutCredential = {
  [Path in keyof paths]: {
    [Method in keyof paths[Path]]: paths[Path][Method] extends { parameters: { header: infer Header } }
      ? Omit<paths[Path][Method], "parameters"> & {
          parameters: Omit<paths[Path][Method]["parameters"], "header"> & {
            header?: Omit<Header, CredentialName & PropertyKey>;
          };
        }
      : paths[Path][Method];
  };
};

/**
 * The bare openapi-fetch client, typed from the contract, on the same transport: key, deadline, retries, size limit
 * and redaction are the same, and results are those of openapi-fetch: `{ data, error, response }`. They aren't
 * validated. A middleware sees a plain request with `url` (from the base URL on), `method`, `headers` and `body`.
 *
 * @throws ApiError with code `invalid_configuration` when an option is missing or can't be used
 */
export function createTypedClient(options: ClientOptions = {}): Client<PathsWithoutCredential> {
  const transport = createTransport(completeOptions(options));
  return createClient<PathsWithoutCredential>({
    // openapi-fetch wants the platform's class, of which it and the transport use a few members.
    Request: LightRequest as unknown as typeof Request,
    fetch: async (request) => {
      try {
        const { method, url, headers, body, signal } = request as unknown as LightRequest;
        checkRequestUrl(url);
        return await toResponse(
          await transport({ method, url, operation: operationOf(method, url), headers, body, signal }),
        );
      } catch (error) {
        throw toApiError(error);
      }
    },
  });
}

/** The row of a request: of several templates that fit, the one with the fewest parameters (OpenAPI 3.1 §4.8.8.2). */
function operationOf(method: string, url: string): Operation {
  const path = url.split("?", 1)[0] ?? "";
  const rows: readonly Operation[] = Object.values(operations);
  const [row] = rows
    .filter((each) => each.method === method && patternOf(each.path).test(path))
    .sort((a, b) => a.path.split("{").length - b.path.split("{").length);
  if (row) return row;
  throw refusal("argument", `The contract has no ${method} of that path.`);
}

function patternOf(template: string): RegExp {
  return new RegExp(`^${template.replace(/\W/g, "\\$&").replace(/\\{.*?\\}/g, "[^/]+")}$`);
}
