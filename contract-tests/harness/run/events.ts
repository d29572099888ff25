import type { Exchange, Finding } from "../checks/finding.ts";
import type { NotJudged } from "../contract/not-judged.ts";
import type { Coverage } from "../coverage/coverage.ts";
import type { Wait } from "./paced-sender.ts";
import type { Sensitivity } from "./sensitivity.ts";
import type { Stopped } from "./stopping.ts";
import type { TargetKind } from "./target.ts";

/** One row of the result: the outcome of a check on an operation. */
export interface CheckCount {
  readonly operation: string;
  readonly check: string;
  readonly passed: number;
  readonly failed: number;
  readonly warned: number;
}

/** The outcome of an operation's requests that should succeed: without a success, only its errors were judged. */
export interface SuccessCount {
  readonly operation: string;
  /** Exchanges for which the contract documents a success. */
  readonly tried: number;
  /** How many of them were answered with a status below 400. */
  readonly succeeded: number;
  /** How often each other status was returned instead, by status; `none` means no response. */
  readonly instead: Readonly<Record<string, number>>;
}

export interface RunHeader {
  readonly contract: { readonly title: string; readonly file: string; readonly sha256: string };
  readonly target: { readonly kind: TargetKind; readonly address: string };
  readonly seed: number;
  readonly schemasCompiled: number;
  readonly schemasTotal: number;
  readonly operations: number;
  /** Undefined while not all of them are known: a very large contract is planned while it is judged. */
  readonly casesPlanned?: number;
  readonly startedAt: string;
  /** The checks that are on, for reports that explain them: `summary` is one sentence. */
  readonly checks?: readonly { readonly id: string; readonly summary: string }[];
}

export type Verdict = "conforms" | "does-not-conform" | "judged-nothing";

export interface RunSummary {
  readonly verdict: Verdict;
  readonly counts: readonly CheckCount[];
  /** One row for each operation that was judged; absent in reports of earlier versions. */
  readonly successes?: readonly SuccessCount[];
  /** Their ids are final: whether every valid request of an operation was refused is known only at the end. */
  /** The run fails because an operation wasn't seen to succeed. */
  readonly successRequired?: boolean;
  /** Which part of the contract was covered; absent unless requested. */
  readonly coverage?: Coverage;
  /** The required percentage of it, if it wasn't reached: the run fails. */
  readonly coverageRequired?: number;
  /** Which faults the run would have caught; absent unless requested. */
  readonly sensitivity?: Sensitivity;
  /** The required percentage of them, if it wasn't reached: the run fails. */
  readonly sensitivityRequired?: number;
  readonly findings: readonly Finding[];
  readonly notJudged: readonly NotJudged[];
  readonly baseline?: { readonly known: number; readonly problems: readonly string[] };
  /** Why not everything was tried; undefined if the run completed. */
  readonly stopped?: Stopped;
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
      readonly success?: SuccessCount;
    }
  /** Reported as it begins, outside of the stream: `RunOptions.onWait`. */
  | ({ readonly type: "waiting" } & Wait)
  /** Told after the run, as its sensitivity is measured: so many steps are done. */
  | { readonly type: "measuring"; readonly done: number; readonly total: number }
  | { readonly type: "not-judged"; readonly item: NotJudged }
  | { readonly type: "run-finished"; readonly header: RunHeader; readonly summary: RunSummary };
