import type { ProblemCode } from "./problem.ts";
import type { TokenType } from "./token-type.ts";
import type { UpstreamFailure } from "./upstream-failure.ts";

/** What the endpoint needs of a client: `ApiClient` of this package fits, and so does the official SDK's. */
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

/** Whoever asks for a token, as `authorize` knows them. */
export interface Caller {
  /** The same for every request of one caller; the rate limit counts by it and events name it. */
  readonly id: string;
}

/** Who it is; "forbidden" for one who is known and may not; null, undefined or false for one who isn't signed in. */
export type Authorization = Caller | "forbidden" | null | undefined | false;

/** What became of one request, for logs and metrics. It never holds a key, a token or anything of a body. */
export interface TokenEndpointEvent {
  readonly outcome: "minted" | "preflight" | "caller-left" | ProblemCode;
  /** The answer's HTTP status. */
  readonly status: number;
  /** The correlation id: the answer's `instance`, a `urn:uuid:`. */
  readonly instance: string;
  readonly callerId?: string;
  readonly tokenType?: TokenType;
  /** Milliseconds from request to answer. */
  readonly durationMs: number;
  readonly upstream?: UpstreamFailure;
  /** The hook that threw, by its name; what it threw is in `cause`. */
  readonly hook?: { readonly name: "authorize" | "rateLimit"; readonly cause: unknown };
}

export interface TokenEndpointOptions {
  /** Mints the tokens; it alone knows the API key. */
  readonly client: TokenClient;
  /**
   * Decides who may have a token, before anything is minted. Throwing refuses, like returning nothing. Leave the
   * request's body alone: the endpoint reads it afterwards.
   */
  readonly authorize: (request: Request) => Authorization | Promise<Authorization>;
  /** The token types that are handed out; every other is refused. At least one. */
  readonly tokenTypes: readonly TokenType[];
  /**
   * The origins whose pages may ask, as browsers write them: `https://app.example`. Your own too, if your own pages
   * ask. Never `*`. A request without an Origin header comes from no page and is for `authorize` alone to decide.
   */
  readonly allowedOrigins: readonly string[];
  /** Lets pages of other allowed origins send cookies (`credentials: "include"`); false by default. */
  readonly allowCredentials?: boolean;
  /** Request headers that a page of another origin may set; `authorization` and `content-type` by default. */
  readonly allowedHeaders?: readonly string[];
  /**
   * Asked once a request is known to be good, just before a token is minted: returns the seconds to wait (a day
   * at most) when the caller has had enough, nothing otherwise. Throwing refuses the request with 500.
   */
  readonly rateLimit?: (
    caller: Caller,
    request: Request,
  ) =>
    | { readonly retryAfterSeconds: number }
    | undefined
    | Promise<{ readonly retryAfterSeconds: number } | undefined>;
  /** Seconds that the provider has for its answer; 10 by default. */
  readonly upstreamTimeoutInSeconds?: number;
  /** Seconds that `authorize` and `rateLimit` have each, before the request fails with 500; 10 by default. */
  readonly hookTimeoutInSeconds?: number;
  /** Seconds that a body of at most 1 KiB has to arrive; 5 by default. */
  readonly bodyTimeoutInSeconds?: number;
  /** The WWW-Authenticate challenge of a 401 (RFC 9110 section 11.6.1); `Bearer` by default. */
  readonly challenge?: string;
  /** Told once about each answer; what it throws, or rejects with, is ignored, and no answer waits for it. */
  readonly onEvent?: (event: TokenEndpointEvent) => void;
}
