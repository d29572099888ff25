/**
 * The words of the harness as types: what is sent (case), what came back (exchange), what is wrong with it
 * (finding), and what a run tells its reports (event). Nothing here knows a particular contract, target or
 * report.
 */

/** A header as it stood on the wire: name and value, in order, repeats kept. */
export type HeaderLine = readonly [name: string, value: string];

/** One HTTP request, ready to send to any base URL. */
export interface HttpRequest {
  readonly method: string;
  /** Path with query, already percent-encoded, beginning with "/"; relative to the target's base URL. */
  readonly path: string;
  readonly headers: readonly HeaderLine[];
  readonly body?: Uint8Array;
}

/** One HTTP response as received: the body is what was on the wire, before any content decoding. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: readonly HeaderLine[];
  readonly body: Uint8Array;
  /** Milliseconds from the first byte sent to the last byte received. */
  readonly durationMs: number;
  /** True when the connection ended before the framing (Content-Length, chunked) said it would. */
  readonly truncated?: boolean;
}

/** No response at all. `code` is the system's or the harness's: ECONNRESET, TIMEOUT, HPE_INVALID_HEADER_TOKEN … */
export interface TransportFailure {
  readonly code: string;
  readonly message: string;
}

/** What a case expects of a server that keeps the contract. */
export type Expectation =
  | "accepted" // valid by the contract: a documented success is due
  | "rejected" // breaks the contract in exactly one place: a client error is due
  | "unsupported-method" // a method that the path doesn't document: 405 (or 501, 404) is due
  | "unknown"; // a recorded request that can't be judged itself: any documented answer may be due

export type CasePhase = "examples" | "coverage" | "fuzzing" | "recorded";

/** The single way in which a negative case leaves the contract. */
export interface Deviation {
  /** JSON pointer of the broken constraint in the contract's document, e.g. "/paths/…/parameters/1/required". */
  readonly pointer: string;
  /** JSON Schema keyword or OpenAPI field that is broken: "enum", "required", "maxLength" … */
  readonly keyword: string;
  /** Where the deviation sits in the request. */
  readonly in: "path" | "query" | "header" | "cookie" | "body" | "method" | "security";
  /** The parameter's or property's name, when there is one. */
  readonly name?: string;
}

/** One request to be sent, and what is due in return. */
export interface Case {
  /** Stable and readable: `POST /v1/x/{id} › id not in enum (other case)`. */
  readonly id: string;
  /** `METHOD /path/template` of the operation under test. */
  readonly operation: string;
  readonly phase: CasePhase;
  readonly expectation: Expectation;
  readonly request: HttpRequest;
  readonly deviation?: Deviation;
}

/** A case, and what the target made of it. */
export interface Exchange {
  readonly case: Case;
  readonly response?: HttpResponse;
  readonly failure?: TransportFailure;
}

export type Severity = "error" | "warning";

/** A check's complaint about an exchange. */
export interface Finding {
  /**
   * The same fault has the same id on every target and in every run: made from check, operation, the place in the
   * contract and the kind of breach; never from values, times, seeds or addresses.
   */
  readonly id: string;
  readonly check: string;
  readonly severity: Severity;
  readonly operation: string;
  readonly caseId: string;
  /** One sentence: what is wrong. */
  readonly message: string;
  readonly expected: string;
  readonly actual: string;
  /** JSON pointer into the contract's document. */
  readonly pointer: string;
  /** One-based line of that place in the contract file; 0 when unknown. */
  readonly line: number;
  /** A command that reproduces it, credentials replaced by `$API_KEY`-style variables. */
  readonly curl: string;
  readonly exchange: Exchange;
  /** How many exchanges showed this same finding (the first one is kept as `exchange`). */
  readonly occurrences: number;
  /** Seen in some repeats of the same request and not in others. */
  readonly intermittent?: boolean;
  /** The baseline entry that makes this finding a known one. */
  readonly known?: { readonly reason: string; readonly expires: string };
}

/** What was not judged, and why: never counted as passed. */
export interface NotJudged {
  readonly operation?: string;
  readonly check?: string;
  readonly pointer?: string;
  readonly reason: string;
}

/** One row of the result: how a check fared on an operation. */
export interface CheckCount {
  readonly operation: string;
  readonly check: string;
  readonly passed: number;
  readonly failed: number;
  readonly warned: number;
}

export interface RunHeader {
  readonly contract: { readonly title: string; readonly file: string; readonly sha256: string };
  readonly target: { readonly kind: "prism" | "url" | "simulator" | "har"; readonly address: string };
  readonly seed: number;
  readonly schemasCompiled: number;
  readonly schemasTotal: number;
  readonly operations: number;
  readonly casesPlanned: number;
  readonly startedAt: string;
  /** The checks that are on, for reports that explain them: `summary` is one sentence. */
  readonly checks?: readonly { readonly id: string; readonly summary: string }[];
}

export type Verdict = "conforms" | "does-not-conform" | "judged-nothing";

export interface RunSummary {
  readonly verdict: Verdict;
  readonly counts: readonly CheckCount[];
  readonly findings: readonly Finding[];
  readonly notJudged: readonly NotJudged[];
  readonly baseline?: { readonly known: number; readonly problems: readonly string[] };
  readonly requestsSent: number;
  readonly durationMs: number;
}

/** The one stream that every report is made from. */
export type RunEvent =
  | { readonly type: "run-started"; readonly header: RunHeader }
  | { readonly type: "operation-started"; readonly operation: string; readonly cases: number }
  | { readonly type: "exchange"; readonly exchange: Exchange; readonly findings: readonly Finding[] }
  | {
      readonly type: "operation-finished";
      readonly operation: string;
      readonly counts: readonly CheckCount[];
    }
  | { readonly type: "not-judged"; readonly item: NotJudged }
  | { readonly type: "run-finished"; readonly header: RunHeader; readonly summary: RunSummary };
