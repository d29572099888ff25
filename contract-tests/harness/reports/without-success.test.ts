import { describe, expect, it } from "vitest";
import { consoleOutput } from "./console-output.ts";
import { printResult } from "./console-result.ts";
import { renderHtml } from "./html-report.ts";
import { renderJson } from "./json-report.ts";
import { parseJsonReport } from "./read-json-report.ts";
import { cleanSummary, sampleHeader } from "./sample-run.ts";

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
    expect(printed()).toMatch(/^– POST \/v1\/tokens\/\{kind\} {2}no success seen \(404 × 12, 401 × 2\)/m);
    expect(printed()).toMatch(/^✓ GET \/v1\/models .* 2\/3 succeeded$/m);
    expect(printed()).toMatch(/1 operation without a success/);
  });

  it("is named by the page and by JSON", () => {
    const page = renderHtml({ header: sampleHeader, summary });
    expect(page).toContain("Operations without a success");
    expect(page).toContain("no success seen (404 × 12, 401 × 2)");
    const read = parseJsonReport(renderJson({ header: sampleHeader, summary }), "run.json");
    expect(read.summary.successes).toContainEqual(summary.successes[0]);
  });
});
