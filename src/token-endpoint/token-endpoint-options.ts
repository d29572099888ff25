import type { ProblemCode } from "./problem.ts";
import type { TokenType } from "./token-type.ts";
import type { UpstreamFailure } from "./upstream-failure.ts";

/** What the endpoint needs from a client: this package's `ApiClient` fits, and so does the official SDK's. */
export interface TokenClient {
  readonly tokens: {
    readonly singleUse: {
      create(
        tokenType: TokenType,
        options: {
          readonly abortSignal: AbortSignal;
          readonly timeoutInSeconds: number;
          readonly maxRetries: number;
        },
      ): PromiseLike<{ readonly token: string }>;
    };
  };
}

/** The caller that requests a token, as `authorize` identifies it. */
export interface Caller {
  /** The same for every request of one caller; the rate limit counts by it, and events name it. */
  readonly id: string;
}

/** Who it is; "forbidden" for a known caller without permission; null, undefined or false for one that isn't signed in. */
export type Authorization = Caller | "forbidden" | null | undefined | false;

/** The outcome of one request, for logs and metrics. It never contains a key, a token or any part of a body. */
export interface TokenEndpointEvent {
  readonly outcome: "minted" | "preflight" | "caller-left" | ProblemCode;
  /** The response's HTTP status. */
  readonly status: number;
  /** The correlation id: the response's `instance`, a `urn:uuid:`. */
  readonly instance: string;
  readonly callerId?: string;
  readonly tokenType?: TokenType;
  /** Milliseconds from request to response. */
  readonly durationMs: number;
  readonly upstream?: UpstreamFailure;
  /** The name of the hook that threw; what it threw is in `cause`. */
  readonly hook?: { readonly name: "authorize" | "rateLimit"; readonly cause: unknown };
}

export interface TokenEndpointOptions {
  /** Mints the tokens; only it knows the API key. */
  readonly client: TokenClient;
  /**
   * Decides who may get a token, before anything is minted. Throwing refuses, as does returning nothing. Don't read the
   * request's body: the endpoint reads it afterwards.
   */
  readonly authorize: (request: Request) => Authorization | Promise<Authorization>;
  /** The token types that are issued; any other is refused. At least one. */
  readonly tokenTypes: readonly TokenType[];
  /**
   * The origins whose pages may request tokens, as browsers write them: `https://app.example`. Include your own, if your
   * own pages do. Never `*`. A request without an Origin header comes from no page, so only `authorize` decides on it.
   */
  readonly allowedOrigins: readonly string[];
  /** Lets pages of other allowed origins send cookies (`credentials: "include"`); false by default. */
  readonly allowCredentials?: boolean;
  /** Request headers that a page of another origin may set; `authorization` and `content-type` by default. */
  readonly allowedHeaders?: readonly string[];
  /**
   * Called once a request is known to be valid, just before a token is minted: returns the seconds to wait (at most a
   * day) if the caller has reached its limit, nothing otherwise. Throwing refuses the request with 500.
   */
  readonly rateLimit?: (
    caller: Caller,
    request: Request,
  ) =>
    | { readonly retryAfterSeconds: number }
    | undefined
    | Promise<{ readonly retryAfterSeconds: number } | undefined>;
  /** Seconds that the provider has to respond; 10 by default. */
  readonly upstreamTimeoutInSeconds?: number;
  /** Seconds that `authorize` and `rateLimit` each have before the request fails with 500; 10 by default. */
  readonly hookTimeoutInSeconds?: number;
  /** Seconds that a body of at most 1 KiB has to arrive; 5 by default. */
  readonly bodyTimeoutInSeconds?: number;
  /** The WWW-Authenticate challenge of a 401 (RFC 9110 section 11.6.1); `Bearer` by default. */
  readonly challenge?: string;
  /** Called once for each response; what it throws or rejects with is ignored, and no response waits for it. */
  readonly onEvent?: (event: TokenEndpointEvent) => void;
}
