import type { RunSummary } from "../run/events.ts";
import type { FinishedRun } from "./report.ts";
import { withoutSuccess } from "./without-success.ts";

/** The version of the JSON report's shape; `report.schema.json` describes it. */
export const REPORT_VERSION = 1;

/** A body: as text when it is UTF-8, byte for byte; as Base64 otherwise. */
export type BodyInReport = { readonly utf8: string } | { readonly base64: string };

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export function bodyForReport(body: Uint8Array): BodyInReport {
  try {
    return { utf8: strict.decode(body) };
  } catch {
    return { base64: Buffer.from(body).toString("base64") };
  }
}

const byKey =
  <Item>(key: (item: Item) => string) =>
  (a: Item, b: Item) => {
    const [left, right] = [key(a), key(b)];
    if (left === right) return 0;
    return left < right ? -1 : 1;
  };

/** Rows in an order of their own, so that shards merge to the very result of the whole run. */
export function inCanonicalOrder(summary: RunSummary): RunSummary {
  return {
    ...summary,
    counts: [...summary.counts].sort(byKey((count) => `${count.operation}\n${count.check}`)),
    ...(summary.successes === undefined
      ? {}
      : { successes: [...summary.successes].sort(byKey(({ operation }) => operation)) }),
    ...(summary.coverage
      ? {
          coverage: {
            ...summary.coverage,
            operations: [...summary.coverage.operations].sort(byKey(({ operation }) => operation)),
          },
        }
      : {}),
    ...(summary.sensitivity
      ? {
          sensitivity: {
            ...summary.sensitivity,
            missed: [...summary.sensitivity.missed].sort(byKey(({ id }) => id)),
            notMeasured: [...summary.sensitivity.notMeasured].sort(
              byKey(({ operation, reason }) => `${operation}\n${reason}`),
            ),
          },
        }
      : {}),
    findings: [...summary.findings].sort(
      byKey((finding) => `${finding.operation}\n${finding.check}\n${finding.id}`),
    ),
    notJudged: [...summary.notJudged].sort(
      byKey((item) => [item.operation, item.check, item.pointer, item.reason].join("\n")),
    ),
  };
}

/**
 * Writes bodies. Buffers turn themselves into lists of their bytes before they would be handed over, which takes fifty times
 * the memory: whatever holds one hands over bytes.
 */
function withBodies(_: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Uint8Array) return bodyForReport(value);
  const { body } = value as { readonly body?: unknown }; // any object may have one
  return body instanceof Uint8Array ? { ...value, body: bodyForReport(body) } : value;
}

/** The whole run as JSON: what other tools read, and what shards are merged from. Nothing is left out. */
export function renderJson({ header, summary }: FinishedRun): string {
  const report = {
    report: "openapi-conformance",
    version: REPORT_VERSION,
    header,
    summary: {
      ...inCanonicalOrder(summary),
      ...(summary.successes ? { withoutSuccess: withoutSuccess(summary).length } : {}),
    },
  };
  const text = JSON.stringify(report, withBodies, 2);
  return `${text}\n`;
}
