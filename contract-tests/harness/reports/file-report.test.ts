import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fileReport } from "./file-report.ts";
import { parseReportChoice } from "./report-formats.ts";
import { sampleEvents, sampleHeader, sampleSummary } from "./sample-run.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "reports-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("a report file", () => {
  it("is written whole when the run is over, folders and all", async () => {
    const file = join(folder, "deep/er/run.json");
    const report = fileReport(parseReportChoice(file));
    for (const event of sampleEvents(sampleSummary())) report.on(event);
    await report.finish();
    expect(JSON.parse(await readFile(file, "utf8"))).toMatchObject({
      summary: { verdict: "does-not-conform" },
    });
    expect(await readdir(join(folder, "deep/er"))).toEqual(["run.json"]);
  });

  it("of an earlier run stays as it was if the run fails", async () => {
    const file = join(folder, "earlier.json");
    await writeFile(file, "earlier");
    const report = fileReport({ format: "json", file });
    for (const event of sampleEvents(sampleSummary()).slice(0, -1)) report.on(event);
    await report.finish();
    expect(await readFile(file, "utf8")).toBe("earlier");
  });

  it("that can't be written is one sentence with the place", async () => {
    const blocked = join(folder, "a-file");
    await writeFile(blocked, "");
    const report = fileReport({ format: "json", file: join(blocked, "run.json") });
    for (const event of sampleEvents(sampleSummary())) report.on(event);
    await expect(report.finish()).rejects.toThrow(/a-file\/run\.json can't be written \((ENOTDIR|EEXIST)\)/);
  });
});

describe("--report", () => {
  it("takes the format from the ending or from the name before =", () => {
    expect(parseReportChoice("out/run.json")).toEqual({ format: "json", file: "out/run.json" });
    expect(parseReportChoice("json=out/run.txt")).toEqual({ format: "json", file: "out/run.txt" });
    expect(parseReportChoice("a=b.json")).toEqual({ format: "json", file: "a=b.json" });
  });

  it("names the formats if the extension names none", () => {
    expect(() => parseReportChoice("run.txt")).toThrow(
      /run\.txt: the file's extension names no format.*json/,
    );
    expect(() => parseReportChoice("json=")).toThrow(/a file name is missing/);
  });

  it("shows no key that the contract gives as an example", async () => {
    const contract = join(folder, "contract.yaml");
    await writeFile(contract, "a: 1\nproperties:\n  api_key:\n    example: k3y-of-the-document\nb: 2\n\n\n");
    const file = join(folder, "excerpt.html");
    const report = fileReport({ format: "html", file });
    const header = { ...sampleHeader, contract: { ...sampleHeader.contract, file: contract } };
    for (const event of sampleEvents(sampleSummary(), header)) report.on(event);
    await report.finish();
    const page = await readFile(file, "utf8");
    expect(page).toContain("example: REDACTED-1");
    expect(page).not.toContain("k3y-of-the-document");
  });
});
