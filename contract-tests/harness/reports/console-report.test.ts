import { describe, expect, it } from "vitest";
import type { RunHeader, RunSummary } from "../run/events.ts";
import { type ConsoleOutput, consoleOutput } from "./console-output.ts";
import { consoleReport } from "./console-report.ts";
import {
  cleanSummary,
  largeSummary,
  manyFindings,
  sampleEvents,
  sampleFinding,
  sampleHeader,
  sampleSummary,
} from "./sample-run.ts";

function shown(
  summary: RunSummary,
  change: Partial<ConsoleOutput> = {},
  header: RunHeader = sampleHeader,
): string {
  let text = "";
  const report = consoleReport({
    write: (part) => {
      text += part;
    },
    interactive: false,
    color: false,
    columns: 80,
    ...change,
  });
  for (const event of sampleEvents(summary, header)) report.on(event);
  return text;
}

describe("the console report", () => {
  it("counts requests where any were sent", () => {
    const last = (requestsSent: number) =>
      shown({ ...cleanSummary, requestsSent })
        .trimEnd()
        .split("\n")
        .at(-1);
    expect(last(12)).toMatch(/, 12 requests in \S+ m?s$/);
    expect(last(0)).not.toContain("request");
  });
  it("says what was tested before anything else", () => {
    const head = shown(cleanSummary).split("\n\n")[0];
    expect(head).toContain("generated/openapi.yaml");
    expect(head).toContain("abababababab");
    expect(head).toContain("http://127.0.0.1:4010 (url)");
    expect(head).toContain("seed 42");
    expect(head).toContain("schemas compiled 3/3");
  });

  it("gives a row per operation and check with its counts", () => {
    const text = shown(sampleSummary());
    expect(text).toMatch(/^✗ POST \/v1\/tokens\/\{kind\} {2}9 passed, 3 failed$/m);
    expect(text).toMatch(/^ {2}✗ response-schema-conformance +3 passed, 3 failed$/m);
    expect(text).toMatch(/^ {2}✓ status-code-conformance +6 passed$/m);
  });

  it("shows a finding with its place in the contract, its id and a curl line on one line", () => {
    const text = shown(sampleSummary());
    const finding = sampleFinding();
    expect(text).toContain(finding.message);
    expect(text).toContain("generated/openapi.yaml:7 /components/schemas/Token/required");
    expect(text).toContain(finding.id);
    expect(text.split("\n").map((line) => line.trim())).toContain(finding.curl);
    expect(text).toContain("known until 2027-01-31: the page is being amended");
    expect(text).toContain("warning, intermittent");
    expect(text).toContain("3 times");
  });

  it("says what was not judged and why, and counts it in the verdict", () => {
    const text = shown(sampleSummary());
    expect(text).toContain("Not judged (2)");
    expect(text).toContain("fresh-token: a static mock answers the same each time");
    expect(text.trimEnd().split("\n").at(-1)).toBe(
      "✗ does not conform: 15 checks passed on 2 operations, 1 finding, 1 warning, 1 known finding, 2 items not judged, 12 requests in 4.2 s",
    );
  });

  it("never lets a run that judged nothing look green", () => {
    const text = shown(sampleSummary({ verdict: "judged-nothing", counts: [], findings: [], notJudged: [] }));
    expect(text.trimEnd().split("\n").at(-1)).toMatch(/^✗ judged nothing, so nothing is proven/);
  });

  it("reports each baseline problem", () => {
    const problem = "entry x expired on 2026-01-01";
    expect(shown(sampleSummary({ baseline: { known: 0, problems: [problem] } }))).toContain(
      `baseline: ${problem}`,
    );
  });

  it("keeps 500 operations short and still names every one that fails", () => {
    const text = shown(largeSummary(500), { interactive: true });
    expect(text).toContain("✓ 475 operations without a complaint");
    expect(text).toContain("✗ GET /v1/things/480/{id}");
    expect(text).not.toContain("/v1/things/481/");
    expect(text).toContain("(500 operations)");
    expect(shown(largeSummary(500), { interactive: true }).split("\n").length).toBeLessThan(400);
  });

  it("fits 80 columns but for what is there to be copied", () => {
    const long = "a rather long reason that goes on and on ".repeat(8);
    const summary = sampleSummary({
      findings: [sampleFinding({ message: long, expected: long, actual: long })],
      notJudged: [{ check: "fresh-token", reason: long }],
    });
    const tooLong = shown(
      summary,
      {},
      { ...sampleHeader, contract: { ...sampleHeader.contract, title: long } },
    )
      .split("\n")
      .filter(
        (line) => line.length > 80 && !line.includes("curl ") && !line.startsWith("✗ does not conform"),
      );
    expect(tooLong).toEqual([]);
  });

  it("writes over one line on a terminal and a line per operation elsewhere", () => {
    const onTerminal = shown(sampleSummary(), { interactive: true });
    expect(onTerminal).toContain("\r\u001b[2K0/2 operations");
    expect(onTerminal).not.toContain("[1/2]");
    const inCi = shown(sampleSummary());
    expect(inCi).toContain("[1/2] ✗ POST /v1/tokens/{kind}");
    expect(inCi).toContain("[2/2] ✓ GET /v1/models");
    expect(inCi).not.toContain("\u001b");
  });

  it("shows control characters of an answer instead of obeying them", () => {
    const summary = sampleSummary({
      findings: [sampleFinding({ actual: "\u001b]0;owned\u0007\u009b31m\rgone" })],
    });
    const text = shown(summary);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: their absence is what is tested
    expect(text).not.toMatch(/[\u001b\u0007\u009b\r]/);
    expect(text).toContain("\\u001b]0;owned\\u0007");
  });
});

describe("colour", () => {
  const terminal = { write: () => true, isTTY: true, columns: 120 };
  const file = { write: () => true };
  it.each([
    ["is on for a terminal", terminal, {}, true],
    ["is off for a file", file, {}, false],
    ["is off with NO_COLOR", terminal, { NO_COLOR: "1" }, false],
    ["is on for a file with FORCE_COLOR", file, { FORCE_COLOR: "1" }, true],
    ["is off for a terminal with FORCE_COLOR=0", terminal, { FORCE_COLOR: "0" }, false],
    ["is on when FORCE_COLOR and NO_COLOR disagree", file, { FORCE_COLOR: "1", NO_COLOR: "1" }, true],
    ["is off for a dumb terminal", terminal, { TERM: "dumb" }, false],
  ])("%s", (_, stream, env, color) => {
    expect(consoleOutput(stream, env).color).toBe(color);
  });

  it("wraps marks and nothing that is copied", () => {
    const text = shown(sampleSummary(), { color: true });
    expect(text).toContain("\u001b[31m✗\u001b[39m");
  });

  it("shows each check's first findings of a thousand, and counts the rest", () => {
    const text = shown(manyFindings(1_000));
    expect(text.split("\n").length).toBeLessThan(400);
    for (const check of ["status-code-conformance", "response-schema-conformance", "not-a-server-error"])
      expect(text).toMatch(new RegExp(`^ *\\d+ ✗ ${check}`, "m"));
    expect(text).toContain("… and 975 more findings");
    expect(text).toMatch(/^ {3}status-code-conformance {2}791 on 248 operations$/m);
  });
});
