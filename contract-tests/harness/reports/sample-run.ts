import type { Exchange, Finding } from "../checks/finding.ts";
import type { CheckCount, RunEvent, RunHeader, RunSummary } from "../run/events.ts";

/** Test helper: runs made by hand, so that reports are tested without an engine, a target or a contract. */

export const sampleHeader: RunHeader = {
  contract: { title: "Token API", file: "generated/openapi.yaml", sha256: "ab".repeat(32) },
  target: { kind: "url", address: "http://127.0.0.1:4010" },
  seed: 42,
  schemasCompiled: 3,
  schemasTotal: 3,
  operations: 2,
  casesPlanned: 12,
  startedAt: "2026-11-22T10:20:30.456Z",
};

export const bytes = (text: string) => new Uint8Array(Buffer.from(text, "utf8"));

export function sampleExchange(change: Partial<Exchange> = {}): Exchange {
  return {
    case: {
      id: 'POST /v1/tokens/{kind} › kind = "realtime"',
      operation: "POST /v1/tokens/{kind}",
      phase: "coverage",
      expectation: "accepted",
      request: {
        method: "POST",
        path: "/v1/tokens/realtime?verbose=1",
        headers: [
          ["x-api-key", "REDACTED"],
          ["Content-Type", "application/json"],
        ],
        body: bytes('{"note":"hello"}'),
      },
    },
    response: {
      status: 200,
      headers: [["Content-Type", "application/json"]],
      body: bytes('{"tokn":7,"list":[1,2]}'),
      durationMs: 12.5,
    },
    ...change,
  };
}

export function sampleFinding(change: Partial<Finding> = {}): Finding {
  const exchange = change.exchange ?? sampleExchange();
  return {
    id: "response-schema-conformance-1a2b3c4d",
    check: "response-schema-conformance",
    severity: "error",
    operation: exchange.case.operation,
    caseId: exchange.case.id,
    message: "The answer lacks the required property token.",
    expected: "an object with token",
    actual: '{"tokn":7,"list":[1,2]}',
    pointer: "/components/schemas/Token/required",
    line: 7,
    curl: "curl -X POST 'http://127.0.0.1:4010/v1/tokens/realtime?verbose=1' -H \"x-api-key: $API_KEY\"",
    exchange,
    occurrences: 3,
    ...change,
  };
}

export const sampleCounts: readonly CheckCount[] = [
  { operation: "POST /v1/tokens/{kind}", check: "status-code-conformance", passed: 6, failed: 0, warned: 0 },
  {
    operation: "POST /v1/tokens/{kind}",
    check: "response-schema-conformance",
    passed: 3,
    failed: 3,
    warned: 0,
  },
  { operation: "GET /v1/models", check: "status-code-conformance", passed: 6, failed: 0, warned: 0 },
];

export function sampleSummary(change: Partial<RunSummary> = {}): RunSummary {
  return {
    verdict: "does-not-conform",
    counts: sampleCounts,
    findings: [
      sampleFinding(),
      sampleFinding({
        id: "undocumented-property-99",
        check: "undocumented-property",
        severity: "warning",
        operation: "GET /v1/models",
        message: "The answer has a property that the contract doesn't name: speed.",
        line: 0,
        intermittent: true,
        occurrences: 1,
      }),
      sampleFinding({
        id: "status-code-conformance-77",
        check: "status-code-conformance",
        message: "401 is not documented.",
        known: { reason: "the page is being amended", expires: "2027-01-31" },
      }),
    ],
    notJudged: [
      {
        operation: "POST /v1/tokens/{kind}",
        check: "fresh-token",
        reason: "a static mock answers the same each time",
      },
      { reason: "--shard 1/2 leaves out 3 operations" },
    ],
    baseline: { known: 1, problems: [] },
    requestsSent: 12,
    durationMs: 4_210,
    ...change,
  };
}

export const cleanSummary: RunSummary = sampleSummary({
  verdict: "conforms",
  counts: sampleCounts.map((count) => ({ ...count, passed: count.passed + count.failed, failed: 0 })),
  findings: [],
  notJudged: [],
});

/** The events of a run that ends in this summary, in the order in which an engine sends them. */
export function sampleEvents(summary: RunSummary, header: RunHeader = sampleHeader): readonly RunEvent[] {
  const operations = [...new Set(summary.counts.map((count) => count.operation))];
  return [
    { type: "run-started", header },
    ...operations.flatMap((operation): RunEvent[] => {
      const counts = summary.counts.filter((count) => count.operation === operation);
      const findings = summary.findings.filter((finding) => finding.operation === operation);
      const exchanges = findings.map(
        (finding): RunEvent => ({
          type: "exchange",
          exchange: finding.exchange,
          findings: [finding],
        }),
      );
      return [
        { type: "operation-started", operation, cases: 6 },
        { type: "exchange", exchange: sampleExchange(), findings: [] },
        ...exchanges,
        { type: "operation-finished", operation, counts },
      ];
    }),
    ...summary.notJudged.map((item): RunEvent => ({ type: "not-judged", item })),
    { type: "run-finished", header, summary },
  ];
}

/** A run with many findings of three checks, one check far more often than the others. */
export function manyFindings(count: number): RunSummary {
  const checks = ["status-code-conformance", "response-schema-conformance", "not-a-server-error"] as const;
  return sampleSummary({
    findings: Array.from({ length: count }, (_, index) => {
      const check = checks[index % 10 === 8 ? 1 : index % 10 === 9 ? 2 : 0] ?? "stability";
      const operation = `GET /v1/things/${Math.floor(index / 4)}/{id}`;
      return sampleFinding({
        id: `${check} | ${index}`,
        check,
        operation,
        message: `The status ${400 + (index % 7)} isn't documented.`,
      });
    }),
  });
}

/** A run of many operations, of which every twentieth fails a check. */
export function largeSummary(operations: number): RunSummary {
  const names = Array.from({ length: operations }, (_, index) => `GET /v1/things/${index}/{id}`);
  const checks = ["not-a-server-error", "response-schema-conformance", "status-code-conformance"];
  return sampleSummary({
    counts: names.flatMap((operation, index) =>
      checks.map((check, column) => ({
        operation,
        check,
        passed: 9,
        failed: index % 20 === 0 && column === 1 ? 1 : 0,
        warned: 0,
      })),
    ),
    findings: names
      .filter((_, index) => index % 20 === 0)
      .map((operation, index) => sampleFinding({ id: `response-schema-conformance-${index}`, operation })),
    notJudged: names.map((operation) => ({ operation, check: "fresh-token", reason: "a static mock" })),
  });
}
