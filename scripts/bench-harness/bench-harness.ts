import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { isObject } from "../../contract-tests/harness/contract/json-object.ts";
import { largeDocument, largePackage } from "../check-foreign-contracts/foreign-documents.ts";
import { writeCut } from "../check-foreign-contracts/judge-cut.ts";
import { InputError } from "../cli/input-error.ts";
import { type Measurement, speedPage } from "./speed-page.ts";
import { secondsToFirstRequest, type Timed, timedCommand } from "./timed-command.ts";

const cuts = [50, 250, 500] as const;

/**
 * Measures the conformance command and writes docs/harness-speed.md, unless the shards fail.
 *
 * @param say called with a line for each measurement
 * @returns 1 when a figure is over its limit, or the shards don't add up to the whole
 */
export async function benchHarness(root: string, say: (line: string) => void): Promise<number> {
  const firstRequest: number[] = [];
  const ownContract: number[] = [];
  for (let round = 1; round <= 5; round++) {
    firstRequest.push(await secondsToFirstRequest(root));
    ownContract.push((await timedCommand(root, [])).seconds);
    say(
      `round ${round}/5: first request after ${firstRequest.at(-1)?.toFixed(2)} s, all after ${ownContract.at(-1)?.toFixed(2)} s`,
    );
  }
  const document = await largeDocument(root);
  if (!isObject(document)) throw new InputError(`${largePackage.name} holds no OpenAPI document.`);
  const large: (Timed & { readonly operations: number })[] = [];
  for (const operations of cuts) {
    const timed = await timedCommand(root, ["--spec", writeCut(root, document, operations)]);
    large.push({ ...timed, operations });
    say(`${operations} operations: ${timed.seconds.toFixed(1)} s, ${timed.peakMiB.toFixed(0)} MiB`);
  }
  const [smallest] = large;
  if (smallest === undefined) throw new Error("no large contract was measured");
  const file = writeCut(root, document, smallest.operations);
  const shards = [
    await timedCommand(root, ["--spec", file, "--shard", "1/2"]),
    await timedCommand(root, ["--spec", file, "--shard", "2/2"]),
  ];
  const addsUp = sameWork(smallest, shards);
  say(
    `two shards of ${smallest.operations} operations ${addsUp ? "add up to the whole" : "DON'T add up to the whole"}`,
  );
  if (!addsUp) return 1;
  const measurement: Measurement = { firstRequest, ownContract, large };
  const { page, exceeded } = speedPage(measurement);
  writeFileSync(join(root, "docs/harness-speed.md"), page);
  for (const line of exceeded) say(`over its limit: ${line}`);
  return exceeded.length === 0 ? 0 : 1;
}

/** The same requests and the same findings, whichever shard made them. */
function sameWork(whole: Timed, shards: readonly Timed[]): boolean {
  const findings = (runs: readonly Timed[]): string =>
    JSON.stringify(runs.flatMap(({ report }) => report.summary.findings.map(({ id }) => id)).sort());
  const requests = (runs: readonly Timed[]): number =>
    runs.reduce((sum, { report }) => sum + report.summary.requestsSent, 0);
  return findings(shards) === findings([whole]) && requests(shards) === requests([whole]);
}
