import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RunSummary } from "../run/events.ts";
import { renderJson } from "./json-report.ts";
import { mergeReportFiles } from "./merge-files.ts";
import { mergeReports } from "./merge-reports.ts";
import type { FinishedRun } from "./report.ts";
import { largeSummary, sampleFinding, sampleHeader } from "./sample-run.ts";

/** What a run of every second operation would have reported. */
function shardOf({ header, summary }: FinishedRun, part: 0 | 1): FinishedRun {
  const operations = [...new Set(summary.counts.map(({ operation }) => operation))];
  const mine = new Set(operations.filter((_, index) => index % 2 === part));
  const isMine = ({ operation }: { readonly operation?: string }) =>
    operation === undefined || mine.has(operation);
  const findings = summary.findings.filter(isMine);
  const shard: RunSummary = {
    ...summary,
    verdict: findings.length > 0 ? "does-not-conform" : "conforms",
    counts: summary.counts.filter(isMine),
    findings,
    notJudged: summary.notJudged.filter(isMine),
    requestsSent: summary.requestsSent / 2,
    durationMs: summary.durationMs / 2,
  };
  return {
    header: { ...header, operations: mine.size, casesPlanned: (header.casesPlanned ?? 0) / 2 },
    summary: shard,
  };
}

const whole: FinishedRun = {
  header: { ...sampleHeader, operations: 60, casesPlanned: 600 },
  summary: {
    ...largeSummary(60),
    notJudged: [...largeSummary(60).notJudged, { reason: "webhooks are not judged" }],
    baseline: { known: 0, problems: [] },
  },
};
const shards = [0, 1].map((part) => ({ file: `${part}.json`, ...shardOf(whole, part === 0 ? 0 : 1) }));

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "merge-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("the reports of shards", () => {
  it("merge into the very report of the run that was not split, in any order", () => {
    expect(renderJson(mergeReports(shards))).toBe(renderJson(whole));
    expect(renderJson(mergeReports(shards.toReversed()))).toBe(renderJson(whole));
  });

  it("merge from their files", async () => {
    const files = shards.map(({ file }) => join(folder, file));
    for (const [index, shard] of shards.entries()) await writeFile(files[index] ?? "", renderJson(shard));
    expect(renderJson(await mergeReportFiles(files))).toBe(renderJson(whole));
  });

  it("say once what several shards saw, and count it", () => {
    const summary = { ...largeSummary(1), findings: [sampleFinding({ id: "everywhere", occurrences: 2 })] };
    const merged = mergeReports(["a", "b"].map((file) => ({ file, header: sampleHeader, summary })));
    expect(merged.summary.findings).toMatchObject([{ id: "everywhere", occurrences: 4 }]);
  });

  it("judged nothing only if every shard did", () => {
    const verdicts = (...each: readonly RunSummary["verdict"][]) =>
      mergeReports(
        each.map((verdict) => ({
          file: verdict,
          header: sampleHeader,
          summary: { ...largeSummary(1), verdict },
        })),
      ).summary.verdict;
    expect(verdicts("judged-nothing", "judged-nothing")).toBe("judged-nothing");
    expect(verdicts("judged-nothing", "conforms")).toBe("conforms");
    expect(verdicts("conforms", "does-not-conform")).toBe("does-not-conform");
  });

  it("of different runs are refused, with both files and the difference", () => {
    const [first, second] = shards;
    if (first === undefined || second === undefined) throw new Error("two shards were due");
    const other = { ...second, header: { ...second.header, seed: 43 } };
    expect(() => mergeReports([first, other])).toThrow(
      "0.json and 1.json come from different runs: the seed is 42 in one and 43 in the other",
    );
    expect(() => mergeReports([])).toThrow(/no report to merge/);
  });

  it("that are missing or broken are named", async () => {
    await expect(mergeReportFiles([join(folder, "none.json")])).rejects.toThrow(
      /none\.json can't be read \(there is no such file\)/,
    );
    await writeFile(join(folder, "bad.json"), "{");
    await expect(mergeReportFiles([join(folder, "bad.json")])).rejects.toThrow(/bad\.json isn't JSON/);
  });
});
