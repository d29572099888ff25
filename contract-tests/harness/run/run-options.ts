import type { CasePhase } from "../cases/case.ts";
import type { Check } from "../checks/check.ts";
import type { Contract } from "../contract/contract.ts";
import type { NotJudged } from "../contract/not-judged.ts";
import type { HeaderLine } from "../http/message.ts";
import type { OperationChoice } from "./choose-operations.ts";
import type { ClientCall } from "./client-call.ts";
import type { FreshTokens } from "./fresh-tokens.ts";
import type { OperationEntry } from "./operation-entry.ts";
import type { Wait } from "./paced-sender.ts";
import type { Program } from "./program-source.ts";
import type { Recording } from "./recorded-source.ts";
import type { GivenValue } from "./resolve-values.ts";
import type { RunMemory } from "./run-memory.ts";
import type { Target } from "./target.ts";
import type { Traffic } from "./traffic-source.ts";

/** What `run` judges, by which contract, and within which limits. */
export interface RunOptions extends OperationChoice {
  readonly contract: Contract;
  /** The server to judge. Stays open: closing it is the caller's business. */
  readonly target?: Target;
  /** Calls of a client, made against the target before its own cases. */
  readonly client?: readonly ClientCall[];
  /** Traffic to judge; nothing is sent for it. */
  readonly recording?: Recording;
  /** Traffic to judge as it passes, until it ends. */
  readonly traffic?: Traffic;
  /** A program to judge in place of the target, which answers it. */
  readonly program?: Program;
  /** What the caller leaves out of this run: told as not judged. */
  readonly leftOut?: readonly NotJudged[];
  /** Default 1. The same seed sends the same requests, byte for byte. */
  readonly seed?: number;
  /** Default: every check of the registry. */
  readonly checks?: readonly Check[];
  /** Default: examples, coverage and fuzzing. */
  readonly phases?: readonly CasePhase[];
  /** Headers sent with every request in place of what a case would send: the caller's credentials. */
  readonly headers?: readonly HeaderLine[];
  /**
   * Credentials by the names of security schemes: a token, a key, or `user:password`. Alternatives of which all is given
   * are each tried.
   */
  readonly auth?: ReadonlyMap<string, string>;
  /** Credentials that are fetched, and renewed as they expire; begun before the run. */
  readonly tokens?: FreshTokens;
  /** Values of the caller's for parameters and bodies, in layers, the weakest first. */
  readonly values?: readonly (readonly GivenValue[])[];
  /** What is otherwise for some operations. */
  readonly entries?: readonly OperationEntry[];
  /** Ids of checks whose findings are warnings. */
  readonly warnedChecks?: readonly string[];
  /** Milliseconds for each request. Default 10 000; less after requests that weren't answered. */
  readonly timeoutMs?: number;
  /** Milliseconds for the whole run, after which it ends with what is known. Default: as long as it takes. */
  readonly maxTimeMs?: number;
  /** Milliseconds above which an answer is too slow. Default 5 000. */
  readonly maxResponseTimeMs?: number;
  /** Statuses that a check accepts in place of its own, by check id. */
  readonly acceptedStatuses?: ReadonlyMap<string, ReadonlySet<number>>;
  /** Send requests that may change something also where the target doesn't allow them by itself. Default false. */
  readonly allowWrites?: boolean;
  /** How many requests that change nothing may be under way at a time; all others go one by one. Default 1. */
  readonly workers?: number;
  readonly maxRequests?: number;
  /** Requests per second. */
  readonly rate?: number;
  /** Random requests per operation. Default 10, for a mock of 50 operations and more 2. */
  readonly fuzzRuns?: number;
  /** How often the first valid request of each operation is sent again, to see whether answers agree. Default 4. */
  readonly repeats?: number;
  /** Most cases per operation; more are told as not judged. Default 300, for a mock of 50 operations and more 16. */
  readonly maxCases?: number;
  /** Count which part of the contract is put to use: `coverage` of the result. Default false. */
  readonly coverage?: boolean;
  /** Ends the run with what is known. */
  readonly signal?: AbortSignal;
  /** Saves compiling and planning again what an earlier run has; none by default. */
  readonly memory?: RunMemory;
  /** Is told of each wait that the target asks for (429, 503 with Retry-After), as it begins. */
  readonly onWait?: (wait: Wait) => void;
  /** Replaces waiting, for tests. */
  readonly wait?: (milliseconds: number) => Promise<void>;
}
