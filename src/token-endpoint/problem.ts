/**
 * Every response except a token, by its code: RFC 9457 problem details. The wording is fixed here, so nothing from a
 * request, an upstream response or a secret can find its way into it.
 */
export const problems = {
  "method-not-allowed": {
    status: 405,
    title: "Method Not Allowed",
    detail: "Request a token with POST.",
  },
  "origin-not-allowed": {
    status: 403,
    title: "Forbidden",
    detail:
      "Pages of this origin may not request a token. List origins as browsers write them: localhost and 127.0.0.1 are two.",
  },
  "not-signed-in": {
    status: 401,
    title: "Unauthorized",
    detail: "Sign in before requesting a token.",
  },
  forbidden: {
    status: 403,
    title: "Forbidden",
    detail: "You may not get a token.",
  },
  "unsupported-media-type": {
    status: 415,
    title: "Unsupported Media Type",
    detail: "Send application/json or application/x-www-form-urlencoded, in UTF-8 and uncompressed.",
  },
  "content-too-large": {
    status: 413,
    title: "Content Too Large",
    detail: "The body may have at most 1024 bytes.",
  },
  "request-timeout": {
    status: 408,
    title: "Request Timeout",
    detail: "The body took too long to arrive.",
  },
  "bad-request": {
    status: 400,
    title: "Bad Request",
    detail: "The body is malformed: it doesn't match its media type, or has token_type twice.",
  },
  "token-type-not-offered": {
    status: 422,
    title: "Unprocessable Content",
    detail:
      "token_type must be one of the types offered here, as a string. JSON needs Content-Type: application/json.",
  },
  "too-many-requests": {
    status: 429,
    title: "Too Many Requests",
    detail: "Wait before requesting another token.",
  },
  "provider-failed": {
    status: 502,
    title: "Bad Gateway",
    detail: "The provider issued no token.",
  },
  "provider-unavailable": {
    status: 503,
    title: "Service Unavailable",
    detail: "The provider issues no tokens at the moment.",
  },
  "internal-error": {
    status: 500,
    title: "Internal Server Error",
    detail: "The token endpoint failed.",
  },
} as const satisfies Record<string, { status: number; title: string; detail: string }>;

export type ProblemCode = keyof typeof problems;

/** An answer other than a token, decided but not yet written. */
export interface Problem {
  readonly code: ProblemCode;
  readonly headers?: Readonly<Record<string, string>>;
}
