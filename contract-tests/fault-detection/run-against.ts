import type { Check } from "../checks/check.ts";
import type { Contract } from "../contract/contract.ts";
import type { CasePhase, Finding, RunSummary } from "../engine/model.ts";
import { run } from "../engine/run.ts";
import type { Handler } from "../simulator/handler.ts";
import { serve } from "../simulator/serve.ts";
import { urlTarget } from "../targets/url.ts";

export interface RunAgainstOptions {
  readonly contract: Contract;
  readonly handler: Handler;
  readonly seed: number;
  readonly checks?: readonly Check[];
  readonly phases?: readonly CasePhase[];
}

/** What the harness made of a server. */
export interface HarnessResult {
  /** Findings that fail a run. */
  readonly errors: readonly Finding[];
  readonly warnings: readonly Finding[];
  /** Exchanges that were judged. */
  readonly exchanges: number;
  /** `POST /v1/things 200`: what the server answered to the operations' own method. */
  readonly answered: ReadonlySet<string>;
  readonly summary: RunSummary;
}

/**
 * Limits that tell a fault from a busy machine: between the slowest clean variation (120 ms) and the slowest fault that
 * still answers (700 ms), and a timeout that keeps hanging servers from taking long.
 */
export const limits = { maxResponseTimeMs: 600, timeoutMs: 1_000 } as const;

/** Serves the handler on loopback and judges it as the harness would any server; nothing is left running. */
export async function runAgainst({
  contract,
  handler,
  seed,
  checks,
  phases,
}: RunAgainstOptions): Promise<HarnessResult> {
  const served = await serve(handler);
  const target = urlTarget(served.address, { kind: "simulator" });
  const answered = new Set<string>();
  let exchanges = 0;
  let summary: RunSummary | undefined;
  try {
    const events = run({
      contract,
      target,
      seed,
      ...limits,
      ...(checks && { checks }),
      ...(phases && { phases }),
    });
    for await (const event of events) {
      if (event.type === "run-finished") summary = event.summary;
      if (event.type !== "exchange") continue;
      exchanges += 1;
      const { case: testCase, response } = event.exchange;
      if (response && testCase.expectation !== "unsupported-method")
        answered.add(`${testCase.operation} ${response.status}`);
    }
  } finally {
    await target.close();
    await served.close();
  }
  if (!summary) throw new Error("The run ended without a summary.");
  const { findings } = summary;
  return {
    errors: findings.filter(({ severity }) => severity === "error"),
    warnings: findings.filter(({ severity }) => severity === "warning"),
    exchanges,
    answered,
    summary,
  };
}
