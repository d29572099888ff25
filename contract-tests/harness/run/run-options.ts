import type { CasePhase } from "../cases/case.ts";
import type { Check } from "../checks/check.ts";
import type { Contract } from "../contract/contract.ts";
import type { NotJudged } from "../contract/not-judged.ts";
import type { OptionKinds } from "../http/assert-options.ts";
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

/** What `run` judges, by which contract and within which limits. */
export interface RunOptions extends OperationChoice {
  readonly contract: Contract;
  /** The server to judge. It stays open: the caller closes it. */
  readonly target?: Target;
  /** Calls of a client, made against the target before its own cases. */
  readonly client?: readonly ClientCall[];
  /** Traffic to judge; nothing is sent for it. */
  readonly recording?: Recording;
  /** Live traffic to judge until it ends. */
  readonly traffic?: Traffic;
  /** A program to judge instead of the target, which answers it. */
  readonly program?: Program;
  /** What the caller leaves out of this run: reported as not judged. */
  readonly leftOut?: readonly NotJudged[];
  /** Default 1. The same seed sends the same requests, byte for byte. */
  readonly seed?: number;
  /** Default: every check of the registry. */
  readonly checks?: readonly Check[];
  /** Default: examples, coverage and fuzzing. */
  readonly phases?: readonly CasePhase[];
  /** Headers sent with every request instead of what a case would send: the caller's credentials. */
  readonly headers?: readonly HeaderLine[];
  /**
   * Credentials by the names of security schemes: a token, a key, or `user:password`. Each alternative with all its
   * credentials given is tried.
   */
  readonly auth?: ReadonlyMap<string, string> | Readonly<Record<string, string>>;
  /** Credentials that are fetched, and renewed when they expire; fetched for the first time before the run. */
  readonly tokens?: FreshTokens;
  /** The caller's values for parameters and bodies, in layers, the weakest first. */
  readonly values?: readonly (readonly GivenValue[])[];
  /** Settings for some of the operations. */
  readonly entries?: readonly OperationEntry[];
  /** Ids of checks whose findings are warnings. */
  readonly warnedChecks?: readonly string[];
  /** Milliseconds for each request. Default 10 000; less after requests that weren't answered. */
  readonly timeoutMs?: number;
  /** Milliseconds for the whole run, after which it ends with what is known by then. Default: no limit. */
  readonly maxTimeMs?: number;
  /** Milliseconds above which a response is too slow. Default 5 000. */
  readonly maxResponseTimeMs?: number;
  /** Statuses that a check accepts instead of its own, by check id. */
  readonly acceptedStatuses?: ReadonlyMap<string, ReadonlySet<number>>;
  /** Send requests that may change data even if the target doesn't allow them by default. Default false. */
  readonly allowWrites?: boolean;
  /** How many requests that change nothing may run concurrently; all others run one by one. Default 1. */
  readonly workers?: number;
  readonly maxRequests?: number;
  /** Requests per second. */
  readonly rate?: number;
  /** Random requests per operation. Default 10; 2 for a mock of 50 or more operations. */
  readonly fuzzRuns?: number;
  /** How often the first valid request of each operation is repeated to see whether the responses agree. Default 4. */
  readonly repeats?: number;
  /** Maximum cases per operation; the rest are reported as not judged. Default 300; 16 for a mock of 50 or more operations. */
  readonly maxCases?: number;
  /** Count which part of the contract is covered: `coverage` in the result. Default false. */
  readonly coverage?: boolean;
  /** Ends the run with what is known by then. */
  readonly signal?: AbortSignal;
  /** Reuses what an earlier run has compiled and planned; none by default. */
  readonly memory?: RunMemory;
  /** Called as each wait that the target asks for (429, 503 with Retry-After) begins. */
  readonly onWait?: (wait: Wait) => void;
  /** Replaces waiting in tests. */
  readonly wait?: (milliseconds: number) => Promise<void>;
}

/** What each option may hold. */
export const runOptionKinds: OptionKinds<RunOptions> = {
  contract: "object",
  target: "object",
  client: "list",
  recording: "object",
  traffic: "object",
  program: "object",
  leftOut: "list",
  seed: "number",
  checks: "list",
  phases: "texts",
  headers: "pairs",
  auth: "texts by name",
  tokens: "object",
  values: "list",
  entries: "list",
  warnedChecks: "texts",
  timeoutMs: "number",
  maxTimeMs: "number",
  maxResponseTimeMs: "number",
  acceptedStatuses: "map",
  allowWrites: "true or false",
  workers: "number",
  maxRequests: "number",
  rate: "number",
  fuzzRuns: "number",
  repeats: "number",
  maxCases: "number",
  coverage: "true or false",
  signal: "object",
  memory: "object",
  onWait: "function",
  wait: "function",
  focus: "text",
  only: "texts",
  skip: "texts",
  shard: "object",
};

/** Credentials by the names of security schemes, however they were given. */
export function credentialsIn({ auth }: Pick<RunOptions, "auth">): ReadonlyMap<string, string> {
  return auth instanceof Map ? auth : new Map(Object.entries(auth ?? {}));
}
