import { stringify } from "yaml";
import type { BaselineEntry } from "./baseline.ts";

const HEAD = `# Known findings of the contract tests: each is accepted for its reason until the day it expires (UTC).
# openapi-conformance --baseline FILE --update-baseline --reason "…" rewrites this file (docs/reports.md of the package).
`;

/** A baseline as YAML; parsing it gives the same entries back. */
export function renderBaseline(entries: readonly BaselineEntry[]): string {
  return `${HEAD}${stringify({ findings: entries }, { lineWidth: 0 })}`;
}
