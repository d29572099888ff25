import type { Handler } from "../../src/simulator/handler.ts";
import { serve } from "../../src/simulator/serve.ts";
import type { CasePhase } from "../harness/cases/case.ts";
import type { Check } from "../harness/checks/check.ts";
import type { Finding } from "../harness/checks/finding.ts";
import type { Contract } from "../harness/contract/contract.ts";
import { run } from "../harness/run/run.ts";
import type { RunMemory } from "../harness/run/run-memory.ts";
import { urlTarget } from "../harness/targets/url.ts";

export interface RunAgainstOptions {
  readonly contract: Contract;
  readonly handler: Handler;
  readonly seed: number;
  /** Shared by all runs on one contract with the same phases. */
  readonly memory: RunMemory;
  readonly checks?: readonly Check[];
  readonly phases?: readonly CasePhase[];
  /** Only these operations of the contract (`GET /books`); all by default. */
  readonly operations?: readonly string[];
  /** Ends the run with the first error by one of these checks. */
  readonly untilCaughtBy?: readonly string[];
  /** The server keeps what it is told, so that what several requests do together can be judged. Default false. */
  readonly remembers?: boolean;
  /** Judge by the clock: 600 ms for an answer, 1 s until a request is given up. Default: 5 s and 10 s. */
  readonly inHaste?: boolean;
}

/** What the harness made of a server. */
export interface HarnessResult {
  /** Findings that fail a run. */
  readonly errors: readonly Finding[];
  readonly warnings: readonly Finding[];
  /** Exchanges that were judged. */
  readonly exchanges: number;
  /** The error that ended the run. */
  readonly caught: Finding | undefined;
  /** `POST /v1/things 200`: what the server answered to the operations' own method. */
  readonly answered: ReadonlySet<string>;
}

/** Of a busy machine nothing shall be blamed on a server: only faults of time are judged by the clock. */
const patient = { maxResponseTimeMs: 5_000, timeoutMs: 10_000 } as const;

/** Between the slowest clean variation (120 ms) and the slowest fault that still answers (700 ms). */
const strict = { maxResponseTimeMs: 600, timeoutMs: 1_000 } as const;

/** Serves the handler on loopback and judges it as the harness would any server; nothing is left running. */
export async function runAgainst(options: RunAgainstOptions): Promise<HarnessResult> {
  const {
    seed,
    memory,
    checks,
    phases,
    operations,
    untilCaughtBy = [],
    inHaste = false,
    remembers = false,
  } = options;
  const { contract } = options;
  const served = await serve(options.handler);
  const capabilities = { isStatic: false, allowsWrites: true, isForgetful: !remembers };
  const target = urlTarget(served.address, { kind: "simulator", capabilities });
  const answered = new Set<string>();
  let exchanges = 0;
  let caught: Finding | undefined;
  let findings: readonly Finding[] = [];
  try {
    const events = run({
      contract,
      target,
      seed,
      memory,
      ...(operations && { only: operations }),
      ...(inHaste ? strict : patient),
      ...(checks && { checks }),
      ...(phases && { phases }),
    });
    for await (const event of events) {
      if (event.type === "run-finished") findings = event.summary.findings;
      if (event.type !== "exchange") continue;
      exchanges += 1;
      const { case: testCase, response } = event.exchange;
      if (response && testCase.expectation !== "unsupported-method")
        answered.add(`${testCase.operation} ${response.status}`);
      caught = event.findings.find(
        ({ check, severity }) => severity === "error" && untilCaughtBy.includes(check),
      );
      if (caught) break;
    }
  } finally {
    await target.close();
    await served.close();
  }
  return {
    errors: findings.filter(({ severity }) => severity === "error"),
    warnings: findings.filter(({ severity }) => severity === "warning"),
    exchanges,
    answered,
    caught,
  };
}
