import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { loadContract } from "../../harness/contract/load-contract.ts";
import { renderJson } from "../../harness/reports/json-report.ts";
import { mergeReports } from "../../harness/reports/merge-reports.ts";
import type { FinishedRun } from "../../harness/reports/report.ts";
import { run } from "../../harness/run/run.ts";
import type { RunOptions } from "../../harness/run/run-options.ts";
import { urlTarget } from "../../harness/targets/url.ts";

const file = fileURLToPath(new URL("../contracts/library.openapi.yaml", import.meta.url));

it("the shards of a run merge into the very report of the whole, but for the clock", async () => {
  const server = createServer((_, response) => {
    response.setHeader("Content-Type", "application/json");
    response.setHeader("Date", "Sun, 06 Nov 1994 08:49:37 GMT");
    response.end("{}");
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  const target = urlTarget(`http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`);
  const contract = await loadContract(file);
  const finished = async (shard?: RunOptions["shard"]): Promise<FinishedRun> => {
    const limits = { maxCases: 4, fuzzRuns: 0, repeats: 1, maxResponseTimeMs: 60_000, coverage: true };
    for await (const event of run({ contract, target, ...limits, ...(shard ? { shard } : {}) })) {
      if (event.type === "run-finished") return { header: event.header, summary: event.summary };
    }
    throw new Error("the run told no end");
  };
  const withoutClock = (report: FinishedRun) =>
    renderJson(report).replace(/"(durationMs|startedAt)": .*/g, "");
  try {
    const whole = await finished();
    const shards = [
      { file: "1.json", ...(await finished({ index: 1, count: 2 })) },
      { file: "2.json", ...(await finished({ index: 2, count: 2 })) },
    ];
    expect(whole.summary.findings.length).toBeGreaterThan(10);
    expect(withoutClock(mergeReports(shards))).toBe(withoutClock(whole));
  } finally {
    await target.close();
    server.closeAllConnections();
    server.close();
  }
}, 60_000);
