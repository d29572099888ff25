import { allowedOrigin } from "./allowed-origin.ts";
import { acceptedMediaTypes, bodyFormat } from "./body-format.ts";
import { checkOptions } from "./check-options.ts";
import { corsHeaders, preflightHeaders } from "./cors-headers.ts";
import { mintToken } from "./mint-token.ts";
import { type Problem, type ProblemCode, problems } from "./problem.ts";
import { readBody } from "./read-body.ts";
import { requestedTokenType } from "./requested-token-type.ts";
import type {
  Authorization,
  Caller,
  TokenEndpointEvent,
  TokenEndpointOptions,
} from "./token-endpoint-options.ts";
import { maxRetryAfterSeconds, upstreamFailure, upstreamProblem } from "./upstream-failure.ts";
import { CallerLeft, TookTooLong, within } from "./within.ts";

const maxBodyBytes = 1024;
const methods = "POST, OPTIONS";

/** A handler of Web-standard requests. It never rejects. */
export type TokenEndpoint = (request: Request) => Promise<Response>;

/** An answer before the headers that all answers share, and what is told of it. */
interface Outcome extends Omit<TokenEndpointEvent, "status" | "instance" | "durationMs"> {
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Creates the endpoint where your application's pages get single-use tokens, so the API key stays on your
 * side. Its responses are documented in `openapi.yaml` beside this file.
 *
 * @throws {TypeError} if an option is missing or makes no sense.
 */
export function createTokenEndpoint(given: TokenEndpointOptions): TokenEndpoint {
  checkOptions(given);
  // Copied, so that a list that is changed later lets nobody in unchecked.
  const options: TokenEndpointOptions = {
    ...given,
    tokenTypes: [...given.tokenTypes],
    allowedOrigins: [...given.allowedOrigins],
    ...(given.allowedHeaders && { allowedHeaders: [...given.allowedHeaders] }),
  };
  const { allowedOrigins, allowCredentials = false, onEvent } = options;
  const allowedHeaders = options.allowedHeaders ?? ["authorization", "content-type"];

  return async (request) => {
    const start = Date.now();
    const instance = `urn:uuid:${crypto.randomUUID()}`;
    const origin = allowedOrigin(request.headers, allowedOrigins);

    let outcome: Outcome;
    if (request.method === "OPTIONS" && origin.kind !== "refused") {
      outcome = { outcome: "preflight", headers: { allow: methods, ...preflightHeaders(allowedHeaders) } };
    } else if (request.method !== "POST" && request.method !== "OPTIONS") {
      outcome = problem("method-not-allowed", { allow: methods });
    } else if (origin.kind === "refused") {
      outcome = problem("origin-not-allowed");
    } else {
      outcome = await answerPost(request, options).catch(() => problem("internal-error"));
    }

    const response = respond(request, outcome, instance, corsHeaders(origin, allowCredentials));
    const { token: _, headers: __, ...told } = outcome;
    try {
      const event = { ...told, status: response.status, instance, durationMs: Date.now() - start };
      Promise.resolve(onEvent?.(event)).catch(() => {});
    } catch {
      // A log that fails is no reason to withhold the answer.
    }
    return response;
  };
}

async function answerPost(request: Request, options: TokenEndpointOptions): Promise<Outcome> {
  const { client, authorize, tokenTypes, rateLimit, challenge = "Bearer" } = options;
  const hookTimeoutMs = (options.hookTimeoutInSeconds ?? 10) * 1000;

  let authorization: Authorization;
  try {
    authorization = await within(hookTimeoutMs, request.signal, () => authorize(request));
  } catch (cause) {
    if (cause instanceof CallerLeft) return { outcome: "caller-left" };
    if (cause instanceof TookTooLong)
      return { ...problem("internal-error"), hook: { name: "authorize", cause } };
    return {
      ...problem("not-signed-in", { "www-authenticate": challenge }),
      hook: { name: "authorize", cause },
    };
  }
  if (authorization === "forbidden") return problem("forbidden");
  if (!isCaller(authorization)) return problem("not-signed-in", { "www-authenticate": challenge });
  const caller = authorization;
  const callerId = caller.id;

  const requested = await readTokenType(request, (options.bodyTimeoutInSeconds ?? 5) * 1000);
  if ("code" in requested) return { ...problem(requested.code, requested.headers), callerId };
  const tokenType = tokenTypes.find((offered) => offered === requested.tokenType);
  if (tokenType === undefined) return { ...problem("token-type-not-offered"), callerId };

  try {
    const wait = await within(hookTimeoutMs, request.signal, () => rateLimit?.(caller, request));
    if (wait) {
      const seconds = Math.min(maxRetryAfterSeconds, Math.max(1, Math.ceil(wait.retryAfterSeconds) || 1));
      return { ...problem("too-many-requests", { "retry-after": String(seconds) }), callerId, tokenType };
    }
  } catch (cause) {
    if (cause instanceof CallerLeft) return { outcome: "caller-left", callerId, tokenType };
    return { ...problem("internal-error"), callerId, tokenType, hook: { name: "rateLimit", cause } };
  }

  const timeoutMs = (options.upstreamTimeoutInSeconds ?? 10) * 1000;
  const minted = await mintToken(client, tokenType, request.signal, timeoutMs);
  if ("token" in minted) return { outcome: "minted", token: minted.token, callerId, tokenType };
  if ("callerLeft" in minted) return { outcome: "caller-left", callerId, tokenType };
  const { code, headers } = upstreamProblem(minted.error);
  return { ...problem(code, headers), callerId, tokenType, upstream: upstreamFailure(minted.error) };
}

async function readTokenType(request: Request, timeoutMs: number): Promise<Problem | { tokenType: unknown }> {
  const format = bodyFormat(request.headers.get("content-type"), request.headers.get("content-encoding"));
  if (!format) return { code: "unsupported-media-type", headers: { accept: acceptedMediaTypes } };
  const body = await readBody(request.body, maxBodyBytes, timeoutMs);
  if ("failed" in body) return { code: body.failed };
  const requested = requestedTokenType(format, body.bytes);
  return "failed" in requested ? { code: requested.failed } : requested;
}

/** Fails closed: whatever `authorize` returns that names nobody, `true` included, is no caller. */
function isCaller(authorization: Authorization): authorization is Caller {
  return (
    typeof authorization === "object" && typeof authorization?.id === "string" && authorization.id !== ""
  );
}

function problem(code: ProblemCode, headers: Readonly<Record<string, string>> = {}): Outcome {
  return { outcome: code, headers };
}

function respond(
  request: Request,
  { outcome, token, headers }: Outcome,
  instance: string,
  cors: Readonly<Record<string, string>>,
): Response {
  const common = {
    "cache-control": "no-store",
    vary: "Origin",
    "x-content-type-options": "nosniff",
    ...cors,
    ...headers,
  };
  if (outcome === "minted") {
    return new Response(JSON.stringify({ token }), {
      headers: { ...common, "content-type": "application/json" },
    });
  }
  if (outcome === "preflight") return new Response(null, { status: 204, headers: common });
  const code = outcome === "caller-left" ? "provider-unavailable" : outcome;
  const { status, title, detail } = problems[code];
  const body =
    request.method === "HEAD"
      ? null
      : JSON.stringify({ type: "about:blank", title, status, detail, code, instance });
  return new Response(body, { status, headers: { ...common, "content-type": "application/problem+json" } });
}
