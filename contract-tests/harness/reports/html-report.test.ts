import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { Finding } from "../checks/finding.ts";
import { coverageOf } from "../coverage/coverage.ts";
import type { RunHeader, RunSummary } from "../run/events.ts";
import { renderHtml } from "./html-report.ts";
import {
  bytes,
  cleanSummary,
  largeSummary,
  sampleExchange,
  sampleFinding,
  sampleHeader,
  sampleSummary,
} from "./sample-run.ts";
import { shownBody } from "./show-message.ts";

/** Every string of a value replaced by one that would be markup, script or an attribute if it were not escaped. */
function poisoned<Value>(value: Value, path = "x"): Value {
  if (typeof value === "string") {
    return `"'><script>bad("${path}")</script><img src=x onerror=bad()>&lt;` as Value; // the same type: a string
  }
  if (value instanceof Uint8Array || typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item, index) => poisoned(item, `${path}.${index}`)) as Value; // an array of the same items
  const entries = Object.entries(value).map(([key, item]) => [key, poisoned(item, `${path}.${key}`)]);
  return Object.fromEntries(entries) as Value; // an object of the same members
}

const html = (summary: RunSummary, contractText?: string, header: RunHeader = sampleHeader) =>
  renderHtml({ header, summary, ...(contractText === undefined ? {} : { contractText }) });

describe("the HTML report", () => {
  it("lets nothing that it was given become markup", () => {
    const finding: Finding = {
      ...poisoned(sampleFinding()),
      severity: "error",
      exchange: {
        ...poisoned(sampleExchange()),
        response: {
          status: 200,
          headers: [["<script>bad()</script>", "<img src=x onerror=bad()>"]],
          body: bytes("</pre><script>bad()</script>"),
          durationMs: 1,
        },
      },
      known: { reason: "<script>bad()</script>", expires: "<script>bad()</script>" },
    };
    const text = html(
      {
        ...sampleSummary({
          counts: poisoned(sampleSummary().counts),
          notJudged: poisoned(sampleSummary().notJudged),
        }),
        findings: [finding],
        baseline: { known: 1, problems: ["<script>bad()</script>"] },
        coverage: coverageOf([
          {
            operation: "<script>bad()</script>",
            items: [
              {
                ...poisoned({ keyword: "x", place: "x", pointer: "x", value: "x" }),
                in: "answer",
                marks: [],
              },
            ],
          },
        ]),
      },
      Array.from({ length: 20 }, () => "<script>bad()</script>").join("\n"),
      {
        ...sampleHeader,
        contract: poisoned(sampleHeader.contract),
        target: { kind: "url", address: "<script>bad()" },
      },
    );
    expect(text.match(/<script/g)).toHaveLength(1);
    expect(text).not.toMatch(/<img/);
    expect(text.match(/<style/g)).toHaveLength(1);
    expect(text).toContain("&lt;script&gt;bad(&quot;x.message&quot;)&lt;/script&gt;");
  });

  it("allows its own script and style by hash, and nothing else", () => {
    const text = html(sampleSummary());
    const policy =
      /Content-Security-Policy" content="([^"]*)"/.exec(text)?.[1]?.replaceAll("&#39;", "'") ?? "";
    expect(policy).toMatch(/^default-src 'none';/);
    for (const [element, directive] of [
      ["style", "style-src"],
      ["script", "script-src"],
    ] as const) {
      const content = new RegExp(`<${element}>([\\s\\S]*?)</${element}>`).exec(text)?.[1] ?? "";
      expect(content).not.toBe("");
      const hash = createHash("sha256").update(content).digest("base64");
      expect(policy).toContain(`${directive} 'sha256-${hash}'`);
    }
    expect(policy).not.toMatch(/unsafe|http/);
  });

  it("points to nothing outside of the page", () => {
    const text = html(largeSummary(30), "openapi: 3.1.0\n");
    expect([...text.matchAll(/\s(?:src|href|action)="([^"]*)"/g)].map((match) => match[1])).toSatisfy(
      (links: readonly string[]) => links.length > 0 && links.every((link) => /^(#|data:,$)/.test(link)),
    );
    expect(text).not.toMatch(/@import|url\(/);
  });

  it("shows a finding with the exchange, expected against actual, a curl line and the contract's lines", () => {
    const contract = Array.from({ length: 20 }, (_, index) => `line ${index + 1} of the contract`).join("\n");
    const text = html(sampleSummary(), contract);
    expect(text).toContain("<mark>▸  7  line 7 of the contract</mark>");
    expect(text).toContain("line 11 of the contract");
    expect(text).not.toContain("line 12 of the contract");
    expect(text).toContain("POST /v1/tokens/realtime?verbose=1");
    expect(text).toContain("{\n  &quot;tokn&quot;: 7,");
    expect(text).toContain("an object with token");
    expect(text).toContain("curl -X POST");
    expect(text).toContain("Known until <b>2027-01-31</b>: the page is being amended");
  });

  it("links each complaint in the grid to its finding, and distinguishes cells by sign", () => {
    const text = html(sampleSummary());
    expect(text).toContain(
      '<td class="fail" title="3 passed, 3 failed, 0 warned"><a href="#finding-1">✗ 3</a></td>',
    );
    expect(text).toContain('<td class="pass" title="6 passed, 0 failed, 0 warned">✓ 6</td>');
    expect(text).toContain('<td class="none" title="nothing to judge here">–</td>');
    for (const [, anchor] of text.matchAll(/href="#(finding-\d+)"/g))
      expect(text).toContain(`id="${anchor}"`);
  });

  it("says so when nothing was judged or nothing was found", () => {
    expect(html(cleanSummary)).toContain("No findings.");
    const nothing = html(
      sampleSummary({ verdict: "judged-nothing", counts: [], findings: [], notJudged: [] }),
    );
    expect(nothing).toContain('class="banner judged-nothing"');
    expect(nothing).toContain("Nothing was judged.");
  });

  it("of 500 operations stays below a megabyte", () => {
    expect(html(largeSummary(500)).length).toBeLessThan(1_000_000);
  });
});

describe("a shown body", () => {
  it.each([
    ["JSON is indented", '{"a":[1]}', [], '{\n  "a": [\n    1\n  ]\n}', []],
    ["JSON that a parser would change is not", '{"a":1.0,"a":2}', [], '{"a":1.0,"a":2}', []],
    ["large numbers stay as they are", "[12345678901234567890]", [], "[12345678901234567890]", []],
    ["broken JSON is shown as it is", '{"a":', [], '{"a":', []],
    ["control characters become visible", "a\u0000\u202eb", [], "a\\u0000\\u202eb", []],
    ["a coding that is none is said", "plain", [["Content-Encoding", "gzip"]], "plain", ["gzip not decoded"]],
  ] as const)("%s", (_, text, headers, shown, notes) => {
    expect(shownBody(bytes(text), headers)).toEqual({ text: shown, notes });
  });

  it("in gzip is undone, in bytes is dumped, and long is cut", () => {
    const packed = new Uint8Array(gzipSync("hello"));
    expect(shownBody(packed, [["Content-Encoding", "gzip"]])).toEqual({
      text: "hello",
      notes: ["gzip decoded"],
    });
    const dump = shownBody(Uint8Array.from([0xff, 0x41, 0x00]), []);
    expect(dump.text).toMatch(/^0000 {2}ff 41 00 +·A·$/);
    expect(dump.notes).toEqual(["not UTF-8"]);
    const long = shownBody(bytes("x".repeat(9_000)), []);
    expect(long.text).toHaveLength(8_000);
    expect(long.notes).toEqual(["the first 8000 of 9000 characters"]);
  });
});
