import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sampleFinding, sampleHeader, sampleSummary } from "../reports/sample-run.ts";
import { applyBaseline } from "./apply-baseline.ts";
import type { BaselineEntry } from "./baseline.ts";
import { readBaseline, writeBaseline } from "./baseline-file.ts";
import { parseBaseline } from "./parse-baseline.ts";
import { renderBaseline } from "./render-baseline.ts";
import { updateBaseline } from "./update-baseline.ts";
import { withBaseline } from "./with-baseline.ts";

const finding = (id: string, operation = "GET /a") => sampleFinding({ id, operation, check: "some-check" });
const entry = (id: string, change: Partial<BaselineEntry> = {}): BaselineEntry => ({
  id,
  reason: `reason of ${id}`,
  expires: "2027-01-31",
  operation: "GET /a",
  ...change,
});
const today = "2026-11-22";

describe("applying a baseline", () => {
  it("marks a known finding with its reason and leaves a new one as it is", () => {
    const outcome = applyBaseline([finding("old"), finding("new")], [entry("old")], { today });
    expect(outcome.findings.map(({ id, known }) => [id, known])).toEqual([
      ["old", { reason: "reason of old", expires: "2027-01-31" }],
      ["new", undefined],
    ]);
    expect(outcome).toMatchObject({ known: 1, problems: [] });
  });

  it("knows a finding through the day on which its entry expires, and not on the next", () => {
    const on = (day: string) =>
      applyBaseline([finding("old")], [entry("old", { expires: "2026-11-22" })], { today: day });
    expect(on("2026-11-22")).toMatchObject({ known: 1, problems: [] });
    expect(on("2026-11-23").known).toBe(0);
    expect(on("2026-11-23").problems).toEqual([
      "old (GET /a) expired on 2026-11-22 and still occurs: fix it, or accept it again with a later date",
    ]);
  });

  it("requests the removal of what no longer occurs, expired or not", () => {
    for (const expires of ["2027-01-31", "2020-01-01"]) {
      const { problems } = applyBaseline([], [entry("gone", { expires })], { today });
      expect(problems).toEqual([
        "gone (GET /a) no longer occurs: remove its entry, so that it can't come back unnoticed",
      ]);
    }
  });

  it("does not miss what a part of the contract leaves out, nor an intermittent finding", () => {
    const entries = [entry("elsewhere", { operation: "GET /b" }), entry("sometimes", { intermittent: true })];
    expect(applyBaseline([], entries, { today, operations: new Set(["GET /a"]) }).problems).toEqual([]);
    expect(applyBaseline([], entries, { today }).problems).toHaveLength(1);
  });
});

describe("a run in the light of a baseline", () => {
  const failed = sampleSummary({ findings: [finding("old")] });
  const verdict = (entries: readonly BaselineEntry[], summary = failed, header = sampleHeader) =>
    withBaseline(header, summary, entries, { today }).verdict;

  it("conforms when every error is known, and not when one is new, expired or no longer seen", () => {
    expect(verdict([entry("old")])).toBe("conforms");
    expect(verdict([])).toBe("does-not-conform");
    expect(verdict([entry("old", { expires: "2026-01-01" })])).toBe("does-not-conform");
    expect(verdict([entry("old"), entry("gone")])).toBe("does-not-conform");
  });

  it("still fails for a schema that doesn't compile, and still judged nothing if it did", () => {
    expect(verdict([entry("old")], failed, { ...sampleHeader, schemasCompiled: 2 })).toBe("does-not-conform");
    expect(verdict([], sampleSummary({ verdict: "judged-nothing", findings: [] }))).toBe("judged-nothing");
  });

  it("counts what is known and reports the problems", () => {
    const { baseline } = withBaseline(sampleHeader, failed, [entry("old"), entry("gone")], { today });
    expect(baseline).toMatchObject({
      known: 1,
      problems: [expect.stringMatching(/^gone .*no longer occurs/)],
    });
  });
});

describe("updating a baseline", () => {
  const now = new Date("2026-11-22T23:59:00Z");

  it("keeps the reasons and dates of valid entries and drops what no longer occurs", () => {
    const updated = updateBaseline([finding("old"), finding("new")], [entry("old"), entry("gone")], {
      now,
      reason: "until the page is amended",
    });
    expect(updated.map(({ id, reason, expires }) => [id, reason, expires])).toEqual([
      ["new", "until the page is amended", "2027-02-20"],
      ["old", "reason of old", "2027-01-31"],
    ]);
  });

  it("renews an expired entry only with a reason of its own", () => {
    const expired = entry("old", { expires: "2026-01-01" });
    expect(() => updateBaseline([finding("old")], [expired], { now })).toThrow(
      /1 finding is new or expired.*--reason/,
    );
    expect(updateBaseline([finding("old")], [expired], { now, reason: "again", days: 10 })).toMatchObject([
      { id: "old", reason: "again", expires: "2026-12-02" },
    ]);
  });

  it("needs no reason when nothing new is accepted", () => {
    expect(updateBaseline([finding("old")], [entry("old"), entry("gone")], { now })).toHaveLength(1);
  });

  it("leaves the entries of operations alone that this run did not judge", () => {
    const elsewhere = entry("elsewhere", { operation: "GET /b" });
    expect(updateBaseline([], [elsewhere], { now, operations: new Set(["GET /a"]) })).toEqual([elsewhere]);
  });

  it("makes the same run pass", () => {
    const findings = [finding("x"), finding("y")];
    const updated = updateBaseline(findings, [], { now, reason: "r" });
    expect(applyBaseline(findings, updated, { today })).toMatchObject({ known: 2, problems: [] });
  });
});

describe("a baseline file", () => {
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "baseline-"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it("is read back as it was written, awkward words and all", async () => {
    const entries = [entry("a", { reason: "yes: #1 'and' \"more\"\nlines", intermittent: true }), entry("b")];
    const file = join(folder, "known.yaml");
    await writeBaseline(file, entries);
    expect(await readBaseline(file)).toEqual(entries);
    expect(parseBaseline(JSON.stringify({ findings: entries }), "known.json")).toEqual(entries);
    expect(parseBaseline(renderBaseline([]), file)).toEqual([]);
    expect(parseBaseline("# nothing yet\n", file)).toEqual([]);
  });

  it.each([
    ["findings:\n  - id: a\n    reason: r\n", "known.yaml:2:5: entry 1 lacks expires"],
    [
      "findings:\n  - id: a\n    reason: r\n    expires: 2026-02-30\n",
      "known.yaml:4:14: expires must be an existing date",
    ],
    [
      "findings:\n  - id: a\n    reason: ''\n    expires: 2026-02-03\n",
      "known.yaml:3:13: reason must not be empty",
    ],
    [
      "findings:\n  - id: a\n    reason: r\n    expires: 2026-02-03\n    until: x\n",
      "known.yaml:5:12: entry 1 has the unknown key until",
    ],
    ["findings: 1\n", "known.yaml:1:11: findings must be array"],
    ["- id: a\n", "known.yaml:1:1: a baseline is a list under the name findings"],
    ["findings: [\n", "known.yaml:2:1: not YAML: "],
    [
      "findings:\n  - {id: a, reason: r, expires: 2026-02-03}\n  - {id: a, reason: r, expires: 2026-02-03}\n",
      "known.yaml:3:10: a is listed twice",
    ],
  ])("with a fault is refused with the place: %j", (text, message) => {
    expect(() => parseBaseline(text, "known.yaml")).toThrow(message);
  });

  it("that is missing says how to write it", async () => {
    await expect(readBaseline(join(folder, "none.yaml"))).rejects.toThrow(
      /none\.yaml doesn't exist: create it with --update-baseline/,
    );
    expect(await readBaseline(join(folder, "none.yaml"), "empty")).toEqual([]);
    await writeFile(join(folder, "x"), "");
    await expect(readBaseline(join(folder, "x/y.yaml"))).rejects.toThrow(
      /can't be read \(there is no such file\)/,
    );
  });
});
