import { describe, expect, it } from "vitest";
import { consoleOutput } from "./console-output.ts";
import { printResult } from "./console-result.ts";
import { renderHtml } from "./html-report.ts";
import { renderJson } from "./json-report.ts";
import { parseJsonReport } from "./read-json-report.ts";
import { cleanSummary, sampleHeader } from "./sample-run.ts";
import { noSuccessWords, requireSuccess } from "./without-success.ts";
import { verdictSentence } from "./wording.ts";

const summary = {
  ...cleanSummary,
  successes: [
    { operation: "POST /v1/tokens/{kind}", tried: 14, succeeded: 0, instead: { 401: 2, 404: 12 } },
    { operation: "GET /v1/models", tried: 3, succeeded: 2, instead: { none: 1 } },
  ],
};

function printed(): string {
  let text = "";
  printResult(consoleOutput({ write: (part) => (text += part), columns: 160 }, {}), sampleHeader, summary);
  return text;
}

describe("an operation without a success", () => {
  it("has no tick on the console and is counted in the verdict", () => {
    expect(printed()).toMatch(
      /^– POST \/v1\/tokens\/\{kind\} {2}no request succeeded \(404 × 12, 401 × 2\): give --param kind=…/m,
    );
    expect(printed()).toMatch(/^✓ GET \/v1\/models .* 2\/3 succeeded$/m);
    expect(printed()).toMatch(/1 operation without a success/);
  });

  it("is named by the page and by JSON", () => {
    const page = renderHtml({ header: sampleHeader, summary });
    expect(page).toContain("Operations without a success");
    expect(page).toContain("no request succeeded (404 × 12, 401 × 2)");
    const read = parseJsonReport(renderJson({ header: sampleHeader, summary }), "run.json");
    expect(read.summary.successes).toContainEqual(summary.successes[0]);
    expect(JSON.parse(renderJson({ header: sampleHeader, summary }))).toMatchObject({
      summary: { withoutSuccess: 1 },
    });
  });

  it.each([
    [{ 401: 3 }, "no request succeeded (401 × 3): give a credential with --auth or --header"],
    [{ 500: 3, 404: 1 }, "no request succeeded (500 × 3, 404 × 1)"],
    [{}, "no request succeeded (no valid request was tried)"],
  ])("says what may help where something may: %j", (instead, words) => {
    expect(noSuccessWords({ operation: "GET /a", tried: 3, succeeded: 0, instead })).toBe(words);
  });

  it("says that nothing could be created where the POST that makes what is named was refused", () => {
    const row = { operation: "GET /a/{b}/c", tried: 3, succeeded: 0, instead: { 404: 3 } };
    const refused = { operation: "POST /a", tried: 4, succeeded: 0, instead: { 400: 1, 422: 3 } };
    expect(noSuccessWords(row, { successes: [refused, row] })).toBe(
      "no request succeeded (404 × 3): nothing could be created (POST /a: 422)",
    );
    const done = { ...refused, succeeded: 1 };
    expect(noSuccessWords(row, { successes: [done, row] })).toMatch(/: give --param b=…$/);
  });

  it("says that values may help where there is no name to give", () => {
    expect(noSuccessWords({ operation: "GET /a", tried: 1, succeeded: 0, instead: { 422: 1 } })).toMatch(
      /--param NAME=…$/,
    );
  });

  it("fails the run where a success is required, also when it was never tried", () => {
    const conforming = {
      ...cleanSummary,
      successes: [{ operation: "GET /a", tried: 1, succeeded: 1, instead: {} }],
    };
    expect(requireSuccess(conforming, ["GET /a"]).verdict).toBe("conforms");
    const untried = requireSuccess(conforming, ["GET /a", "GET /b"]);
    expect(untried.verdict).toBe("does-not-conform");
    expect(verdictSentence(sampleHeader, untried)).toContain(
      "1 operation without a success (--require-success)",
    );
    expect(requireSuccess(summary).verdict).toBe("does-not-conform");
    // What it renders is valid by the report's schema.
    expect(
      parseJsonReport(renderJson({ header: sampleHeader, summary: untried }), "run.json").summary
        .successRequired,
    ).toBe(true);
  });
});
