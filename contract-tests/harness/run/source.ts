import type { Contract } from "../contract/contract.ts";
import type { PathTable } from "../contract/match-operation.ts";
import type { Oracle } from "../schema/oracle.ts";
import type { RunEvent } from "./events.ts";
import type { Recorder } from "./recorder.ts";
import type { RequestBudget } from "./request-budget.ts";
import type { Stopping } from "./stopping.ts";

/** Where exchanges come from: a live target, a recording, or the calls of a client. */
export interface Source {
  /** Works out what `casesPlanned` and the numbers of schemas say; nothing is sent. */
  prepare?(): Promise<void>;
  /** How many cases it is about to tell of; undefined when it doesn't know yet. */
  readonly casesPlanned: number | undefined;
  /** Requests that it has sent so far. */
  readonly requestsSent: number;
  /** Tells each exchange as it is made, judged and entered into the books. */
  play(): AsyncGenerator<RunEvent, void, undefined>;
}

/** What the sources of one run share. */
export interface Session {
  readonly contract: Contract;
  readonly oracle: Oracle;
  readonly paths: PathTable;
  readonly recorder: Recorder;
  readonly stopping: Stopping;
  readonly budget: RequestBudget;
}

/** Why a request wasn't sent any more. */
export const budgetIsSpent = "the maximum number of requests was sent (--max-requests)";
