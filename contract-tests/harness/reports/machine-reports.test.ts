import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import { describe, expect, it } from "vitest";
import { validateXML } from "xmllint-wasm";
import type { Exchange } from "../checks/finding.ts";
import { createRedactor } from "../redaction/redact.ts";
import type { RunSummary } from "../run/events.ts";
import { renderJson } from "./json-report.ts";
import { renderJunit } from "./junit-report.ts";
import { renderMarkdown } from "./markdown-report.ts";
import { parseJsonReport, reportValidator } from "./read-json-report.ts";
import type { FinishedRun } from "./report.ts";
import {
  bytes,
  cleanSummary,
  largeSummary,
  sampleExchange,
  sampleFinding,
  sampleHeader,
  sampleSummary,
} from "./sample-run.ts";
import { renderSarif } from "./sarif-report.ts";

const fixture = (name: string) => readFileSync(new URL(`./fixtures/${name}`, import.meta.url), "utf8");

const hostile = `</system-out><script>alert(1)</script> ]]> & "quoted" 'q' \u0000\u001b[31m\ud800 | \`x\` [a](b) <!-- @all`;
const failed = (() => {
  const { response: _, ...exchange } = sampleExchange();
  return { ...exchange, failure: { code: "ECONNRESET", message: hostile } };
})();
const hostileSummary = sampleSummary({
  findings: [
    sampleFinding({
      message: hostile,
      expected: hostile,
      actual: hostile,
      caseId: hostile,
      curl: `curl '${hostile}'`,
    }),
    sampleFinding({ id: "f2", exchange: failed }),
    sampleFinding({ id: "f3", operation: hostile, check: "other-check", severity: "warning" }),
    sampleFinding({
      id: "f4",
      exchange: sampleExchange({
        response: {
          status: 599,
          headers: [
            ["X", "1"],
            ["X", "2"],
          ],
          body: Uint8Array.from([255, 0]),
          durationMs: 0,
        },
      }),
    }),
  ],
  notJudged: [{ reason: hostile }, { operation: hostile, reason: "x", pointer: "/a" }],
  baseline: { known: 1, problems: [hostile] },
});

const runs: readonly (readonly [string, RunSummary])[] = [
  ["with findings", sampleSummary()],
  ["without any", cleanSummary],
  [
    "that judged nothing",
    sampleSummary({ verdict: "judged-nothing", counts: [], findings: [], notJudged: [] }),
  ],
  ["of hostile texts", hostileSummary],
  ["of 500 operations", largeSummary(500)],
];
const run = (summary: RunSummary): FinishedRun => ({ header: sampleHeader, summary });

describe("JUnit", () => {
  const schema = { fileName: "junit-jenkins.xsd", contents: fixture("junit-jenkins.xsd") };

  it("is valid by the schema that Jenkins reads it with, for every kind of run", async () => {
    const { errors } = await validateXML({
      xml: runs.map(([name, summary], index) => ({
        fileName: `${index} ${name}.xml`,
        contents: renderJunit(run(summary)),
      })),
      schema,
    });
    expect(errors).toEqual([]);
  });

  it("invalid would be noticed", async () => {
    const contents = renderJunit(run(cleanSummary)).replace("<testcase ", "<test ");
    expect((await validateXML({ xml: { fileName: "x.xml", contents }, schema })).valid).toBe(false);
  });

  it("fails exactly the operation and check with a new error, and skips what is known or not judged", () => {
    const xml = renderJunit(run(sampleSummary()));
    expect(xml).toMatch(
      /classname="POST \/v1\/tokens\/\{kind\}" name="response-schema-conformance" time="0"><failure /,
    );
    expect(xml).toMatch(/name="status-code-conformance" time="0"><skipped>known finding until 2027-01-31/);
    expect(xml).toMatch(/name="fresh-token" time="0"><skipped>a static mock answers/);
    expect(xml).toMatch(/<testsuite [^>]*tests="7" failures="2" errors="0" skipped="3"/);
  });

  it("fails when nothing was judged, so that no CI takes it for green", () => {
    const xml = renderJunit(
      run(sampleSummary({ verdict: "judged-nothing", counts: [], findings: [], notJudged: [] })),
    );
    expect(xml).toMatch(/name="verdict" time="0"><failure type="judged-nothing"/);
  });
});

describe("SARIF", () => {
  const { id: _id, $schema: _schema, ...schema } = JSON.parse(fixture("sarif-2.1.0.json"));
  // The schema has a pattern with a stray bracket, which only the lax regular expressions of old accept.
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  addFormats.default(ajv);
  const validate = ajv.compile(schema);

  it.each(runs)("is valid by the schema of 2.1.0 for a run %s", (_, summary) => {
    validate(JSON.parse(renderSarif(run(summary))));
    expect(validate.errors).toBeNull();
  });

  it("invalid would be noticed", () => {
    expect(validate({ version: "2.1.0", runs: [{}] })).toBe(false);
  });

  it("points at the contract's line, names the finding and suppresses what is known", () => {
    const log = JSON.parse(renderSarif(run(sampleSummary())));
    const [failure, warning, known] = log.runs[0].results;
    expect(failure).toMatchObject({
      ruleId: "response-schema-conformance",
      level: "error",
      baselineState: "new",
      partialFingerprints: { "conformanceFinding/v1": "response-schema-conformance-1a2b3c4d" },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: "generated/openapi.yaml", uriBaseId: "%SRCROOT%" },
            region: { startLine: 7 },
          },
        },
      ],
      webResponse: { statusCode: 200 },
      suppressions: [],
    });
    expect(warning).toMatchObject({
      level: "warning",
      locations: [{ physicalLocation: { region: { startLine: 1 } } }],
    });
    expect(known).toMatchObject({
      baselineState: "unchanged",
      suppressions: [{ status: "accepted", justification: "the page is being amended (until 2027-01-31)" }],
    });
    for (const { ruleId, ruleIndex } of log.runs[0].results) {
      const rule = log.runs[0].tool.driver.rules[ruleIndex];
      expect(rule.id).toBe(ruleId);
      expect(rule.help.text).not.toBe("");
    }
  });

  it("explains each check that was on", () => {
    const checks = [{ id: "fresh-token", summary: "Two creates never give the same token." }];
    const log = JSON.parse(renderSarif({ header: { ...sampleHeader, checks }, summary: cleanSummary }));
    expect(log.runs[0].tool.driver.rules[0]).toMatchObject({
      id: "fresh-token",
      shortDescription: { text: "Two creates never give the same token." },
    });
  });
});

describe("JSON", () => {
  it.each(runs)("is valid by our schema for a run %s", (_, summary) => {
    const validate = reportValidator();
    validate(JSON.parse(renderJson(run(summary))));
    expect(validate.errors).toBeNull();
  });

  it("is valid, with readable bodies, for a redacted finding", () => {
    const exchange = sampleExchange();
    const { response } = createRedactor(["s3cret-s3cret"]).exchange({
      ...exchange,
      response: { status: 200, headers: [], body: bytes('"s3cret-s3cret"'), durationMs: 1 },
    });
    const redacted: Exchange = { ...exchange, ...(response ? { response } : {}), isRedacted: true };
    const text = renderJson(run(sampleSummary({ findings: [sampleFinding({ exchange: redacted })] })));
    expect(text).toContain('"utf8": "\\"REDACTED-1\\""');
    expect(renderJson(parseJsonReport(text, "x.json"))).toBe(text);
  });

  it.each(runs)("read back and written again is the same file for a run %s", (_, summary) => {
    const text = renderJson(run(summary));
    expect(renderJson(parseJsonReport(text, "x.json"))).toBe(text);
  });

  it.each([
    ["", "x.json isn't JSON"],
    ["[]", "x.json isn't a report of a run: / must be object"],
    ['{"version":2}', "x.json is a report of version 2, but this program reads version 1"],
    [
      renderJson(run(cleanSummary)).replace('"seed": 42', '"seed": "x"'),
      "x.json isn't a report of a run: /header/seed must be integer",
    ],
  ])("of another kind is refused in one sentence: %.20j", (text, message) => {
    expect(() => parseJsonReport(text, "x.json")).toThrow(message);
  });
});

describe("Markdown", () => {
  it("contains verdict, findings, checks and what was not judged", () => {
    const text = renderMarkdown(run(sampleSummary()));
    expect(text).toContain("## ❌ Contract tests: Token API");
    expect(text).toContain("### Findings (3)");
    expect(text).toContain("```sh\ncurl -X POST");
    expect(text).toContain("### Not judged (2)");
    expect(renderMarkdown(run(cleanSummary))).toContain("## ✅");
  });

  it("lets nothing of an answer become markup", () => {
    const text = renderMarkdown(run(hostileSummary)).replace(/```+sh\n[\s\S]*?\n```+/g, "");
    expect(text).not.toMatch(/<script|<!--|\[a\]\(b\)|@all/);
    for (const row of text.split("\n").filter((line) => line.startsWith("| <code>"))) {
      expect(row.split("|")).toHaveLength(7);
    }
  });

  it("stays below the size of a step summary for a large run", () => {
    const long = "x".repeat(100_000);
    const findings = Array.from({ length: 400 }, (_, index) =>
      sampleFinding({ id: `f${index}`, message: long, expected: long, actual: long, curl: long }),
    );
    const text = renderMarkdown(run({ ...largeSummary(500), findings }));
    expect(text.length).toBeLessThan(500_000);
    expect(text).toContain("370 more findings");
  });
});
