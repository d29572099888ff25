import type { CasePhase } from "../harness/cases/case.ts";
import type { HeaderLine } from "../harness/http/message.ts";

/** What the suites are told from outside, by Vitest's `provide`: plain data, since it crosses to another thread. */
export interface SuiteSettings {
  readonly contractFile: string;
  /** The server to judge; undefined: the suite starts a Prism mock of the contract. */
  readonly target?: { readonly kind: "prism" | "url" | "simulator"; readonly address: string };
  readonly seed?: number;
  readonly phases?: readonly CasePhase[];
  /** Ids of the checks to run; undefined: all. */
  readonly checks?: readonly string[];
  readonly headers?: readonly HeaderLine[];
  readonly timeoutMs?: number;
  readonly maxResponseTimeMs?: number;
  readonly acceptedStatuses?: readonly (readonly [check: string, statuses: readonly number[]])[];
  readonly allowWrites?: boolean;
  readonly maxRequests?: number;
  readonly rate?: number;
  readonly fuzzRuns?: number;
  readonly maxCases?: number;
  readonly shard?: { readonly index: number; readonly count: number };
  /** Name of the BroadcastChannel on which the events of the run are told. */
  readonly channel?: string;
}

declare module "vitest" {
  export interface ProvidedContext {
    readonly conformance?: SuiteSettings;
  }
}
