import type { HttpRequest } from "../http/message.ts";
import type { Deviation } from "../wire/deviation.ts";

/** What a case expects of a server that conforms to the contract. */
export type Expectation =
  | "accepted" // valid by the contract: a documented success is due
  | "rejected" // breaks the contract in exactly one place: a client error is due
  | "unsupported-method" // a method that the path doesn't document: 405 (or 501, 404) is due
  | "undocumented" // recorded: a path that the contract doesn't know, of which it says nothing else
  | "unknown"; // a recorded request that can't be judged itself: any documented answer may be due

export type CasePhase = "examples" | "coverage" | "fuzzing" | "recorded";

/** One request to be sent, and what is expected in return. */
export interface Case {
  /** Stable and readable: `POST /v1/x/{id} › id not in enum (other case)`. */
  readonly id: string;
  /** `METHOD /path/template` of the operation under test. */
  readonly operation: string;
  readonly phase: CasePhase;
  readonly expectation: Expectation;
  readonly request: HttpRequest;
  readonly deviation?: Deviation;
  /** Somebody's recorded request: of the harness's own ones a recording has the case. */
  readonly isTraffic?: boolean;
}
