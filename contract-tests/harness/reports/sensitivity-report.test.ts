import { describe, expect, it } from "vitest";
import type { RunSummary } from "../run/events.ts";
import type { MissedFault, Sensitivity } from "../run/sensitivity.ts";
import { consoleReport } from "./console-report.ts";
import { renderHtml } from "./html-report.ts";
import { renderJson } from "./json-report.ts";
import { renderMarkdown } from "./markdown-report.ts";
import { parseJsonReport } from "./read-json-report.ts";
import { sampleEvents, sampleHeader, sampleSummary } from "./sample-run.ts";

const fault: MissedFault = {
  id: "POST /lamps › body /name maxLength 5 taken for 6",
  operation: "POST /lamps",
  pointer: "/components/schemas/Lamp/properties/name/maxLength",
  reason: "the case that shows it exceeds the limit",
  remedy: "--max-cases 58",
};
const hostile: MissedFault = {
  ...fault,
  id: "GET /<script>bad()</script> › \u001b[2Jcleared",
  reason: "|`x`|",
};
const sensitivity: Sensitivity = {
  noticed: 38,
  tried: 40,
  possible: 1_204,
  percent: 95,
  missed: [fault, hostile],
  notMeasured: [{ operation: "GET /odd", reason: "no server could be made" }],
};

function everyReport(summary: RunSummary): Readonly<Record<string, string>> {
  let shown = "";
  const write = (text: string) => {
    shown += text;
  };
  const report = consoleReport({ write, interactive: false, color: false, columns: 200 });
  for (const event of sampleEvents(summary)) report.on(event);
  const run = { header: sampleHeader, summary };
  return { console: shown, html: renderHtml(run), markdown: plain(renderMarkdown(run)) };
}

/** Characters that Markdown's report writes as entities. */
const plain = (text: string) => text.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));

describe("a report of a run whose sensitivity was measured", () => {
  it.each(["console", "html", "markdown"])(
    "tells on %s the figure, what was missed and the remedy",
    (format) => {
      const text = everyReport(sampleSummary({ sensitivity }))[format];
      expect(text).toContain("38 of 40 faults, drawn from 1,204 that the contract makes possible");
      expect(text).toContain(fault.id);
      expect(text).toContain("--max-cases 58");
    },
  );

  it.each(["console", "html", "markdown"])("tells on %s that less was caught than required", (format) => {
    const text = everyReport(sampleSummary({ sensitivity, sensitivityRequired: 99 }))[format];
    expect(text).toMatch(/--min-sensitivity requires (it|99%)|99% that --min-sensitivity requires/);
  });

  it("is whole in JSON, and read back the same", () => {
    const { summary } = parseJsonReport(
      renderJson({ header: sampleHeader, summary: sampleSummary({ sensitivity }) }),
      "report.json",
    );
    expect(summary.sensitivity).toEqual({ ...sensitivity, missed: [hostile, fault] });
  });

  it("lets nothing of the contract be more than text", () => {
    const { console: shown = "", html = "" } = everyReport(sampleSummary({ sensitivity }));
    expect(shown).not.toContain("\u001b");
    expect(html).not.toContain("<script>bad");
    expect(renderMarkdown({ header: sampleHeader, summary: sampleSummary({ sensitivity }) })).not.toContain(
      "<script>",
    );
  });

  it("names a mock's figure that of a server", () => {
    const { console: shown } = everyReport(
      sampleSummary({ sensitivity: { ...sensitivity, ofServer: true } }),
    );
    expect(shown).toContain("the same run against a server would catch 38 of 40 faults");
  });
});
