import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Contract } from "../harness/contract/contract.ts";
import { readHar } from "../harness/recordings/read-har.ts";
import { redactorFor } from "../harness/redaction/redactor-for.ts";
import { harRecorder } from "../harness/reports/har-recorder.ts";
import type { RunSummary } from "../harness/run/events.ts";
import { run } from "../harness/run/run.ts";
import type { RunOptions } from "../harness/run/run-options.ts";
import type { Target } from "../harness/run/target.ts";

/** A run, and what its own recording is judged to be. */
export interface RoundTrip {
  readonly live: RunSummary;
  readonly recorded: RunSummary;
}

/** Judges a target, records it as `--record` does, and judges the recording as `--har` does. */
export async function roundTrip(
  contract: Contract,
  target: Target,
  options: Partial<RunOptions> = {},
): Promise<RoundTrip> {
  const folder = await mkdtemp(join(tmpdir(), "round-trip-"));
  const file = join(folder, "traffic.har");
  try {
    const redactor = redactorFor(contract, options.headers ?? []);
    const recorder = harRecorder(file);
    let live: RunSummary | undefined;
    for await (const event of run({ contract, target, ...options })) {
      recorder.on(redactor.event(event));
      if (event.type === "run-finished") live = event.summary;
    }
    await recorder.finish();
    const recording = { file, ...(await readHar(file)) };
    for await (const event of run({ contract, recording }))
      if (event.type === "run-finished" && live) return { live, recorded: event.summary };
    throw new Error("a run has no end");
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What must be the same of both: every finding, and how the requests of each operation fared. */
export function verdictOf({ verdict, findings, successes = [], counts }: RunSummary) {
  return {
    verdict,
    findings: findings.map(({ id, occurrences, severity }) => `${id} ${severity} × ${occurrences}`).sort(),
    successes: Object.fromEntries(
      successes
        .filter(({ tried }) => tried > 0)
        .map(({ operation, tried, succeeded, instead }) => [operation, { tried, succeeded, instead }]),
    ),
    // Of what is redacted it is told that it isn't judged anew.
    failed: counts
      .filter(({ failed, warned }) => failed + warned > 0)
      .map(({ operation, check, failed, warned }) => `${operation} ${check} ${failed} ${warned}`)
      .sort(),
  };
}
