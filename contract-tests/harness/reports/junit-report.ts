import type { Finding } from "../checks/finding.ts";
import type { NotJudged } from "../contract/not-judged.ts";
import type { CheckCount, RunHeader } from "../run/events.ts";
import type { FinishedRun } from "./report.ts";
import { isFailure } from "./run-totals.ts";
import { placeInContract, verdictSentence } from "./wording.ts";
import { escapeXml } from "./xml-text.ts";

interface TestCase {
  readonly className: string;
  readonly name: string;
  readonly outcome:
    | { readonly kind: "passed" }
    | { readonly kind: "skipped"; readonly message: string }
    | { readonly kind: "failed"; readonly type: string; readonly message: string; readonly text: string };
}

/**
 * The run as JUnit XML: a test case per operation and check, so that names stay the same from run to run and CI can
 * show since when one fails; known findings and what was not judged are skipped tests, warnings stand in system-out.
 * One more case, `run verdict`, fails whenever the run does: a run that judged nothing is not green.
 */
export function renderJunit({ header, summary }: FinishedRun): string {
  const cases = [verdictCase(header, summary), ...checkCases(header, summary), ...baselineCases(summary)];
  const failures = cases.filter(({ outcome }) => outcome.kind === "failed").length;
  const skipped = cases.filter(({ outcome }) => outcome.kind === "skipped").length;
  const properties = {
    contract: header.contract.file,
    sha256: header.contract.sha256,
    target: header.target.address,
    seed: String(header.seed),
    schemasCompiled: `${header.schemasCompiled}/${header.schemasTotal}`,
  };
  const suite = attributes({
    id: "0",
    name: header.contract.title || header.contract.file,
    package: "openapi-conformance",
    hostname: "localhost",
    timestamp: header.startedAt.replace(/(\.\d+)?(Z|[+-]\d\d:\d\d)$/, ""),
    tests: String(cases.length),
    failures: String(failures),
    errors: "0",
    skipped: String(skipped),
    time: seconds(summary.durationMs),
  });
  const warnings = summary.findings.filter(({ severity, known }) => severity === "warning" && !known);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    "<testsuites>",
    `  <testsuite${suite}>`,
    "    <properties>",
    ...Object.entries(properties).map(([name, value]) => `      <property${attributes({ name, value })}/>`),
    "    </properties>",
    ...cases.map(testCase),
    `    <system-out>${escapeXml(warnings.map((finding) => `warning: ${details(header, finding)}`).join("\n\n"))}</system-out>`,
    "    <system-err></system-err>",
    "  </testsuite>",
    "</testsuites>",
    "",
  ].join("\n");
}

function verdictCase(header: RunHeader, summary: FinishedRun["summary"]): TestCase {
  const sentence = verdictSentence(header, summary);
  const outcome =
    summary.verdict === "conforms"
      ? ({ kind: "passed" } as const)
      : ({ kind: "failed", type: summary.verdict, message: sentence, text: header.contract.file } as const);
  return { className: "run", name: "verdict", outcome };
}

function checkCases(header: RunHeader, { counts, findings, notJudged }: FinishedRun["summary"]): TestCase[] {
  const key = (operation: string, check: string) => `${operation}\n${check}`;
  const rows = new Map<string, { readonly operation: string; readonly check: string; count?: CheckCount }>();
  for (const count of counts) rows.set(key(count.operation, count.check), { ...count, count });
  for (const { operation, check } of [...findings, ...notJudged]) {
    const className = operation ?? WHOLE;
    const name = check ?? UNNAMED;
    if (!rows.has(key(className, name)))
      rows.set(key(className, name), { operation: className, check: name });
  }
  const complaints = grouped(findings, ({ operation, check }) => key(operation, check));
  const gaps = grouped(notJudged, ({ operation, check }) => key(operation ?? WHOLE, check ?? UNNAMED));
  return [...rows].map(([row, { operation, check, count }]) => ({
    className: operation,
    name: check,
    outcome: outcomeOf(header, complaints.get(row) ?? [], gaps.get(row) ?? [], count),
  }));
}

/** Where what was not judged belongs to no operation or to no check. */
const WHOLE = "the whole contract";
const UNNAMED = "not judged";

function grouped<Item>(
  items: readonly Item[],
  key: (item: Item) => string,
): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group === undefined) groups.set(key(item), [item]);
    else group.push(item);
  }
  return groups;
}

function outcomeOf(
  header: RunHeader,
  findings: readonly Finding[],
  notJudged: readonly NotJudged[],
  count: CheckCount | undefined,
): TestCase["outcome"] {
  const failures = findings.filter(isFailure);
  const [first] = failures;
  if (first !== undefined) {
    const more = failures.length > 1 ? ` (and ${failures.length - 1} more)` : "";
    return {
      kind: "failed",
      type: first.check,
      message: first.message + more,
      text: failures.map((finding) => details(header, finding)).join("\n\n"),
    };
  }
  const known = findings.find((finding) => finding.known !== undefined)?.known;
  if (known !== undefined) {
    return { kind: "skipped", message: `known finding until ${known.expires}: ${known.reason}` };
  }
  if ((count?.passed ?? 0) + findings.length > 0) return { kind: "passed" };
  const reasons = [...new Set(notJudged.map((item) => item.reason))];
  return { kind: "skipped", message: reasons.length > 0 ? reasons.join("; ") : "nothing was judged" };
}

function baselineCases({ baseline }: FinishedRun["summary"]): TestCase[] {
  return (baseline?.problems ?? []).map((problem, index) => ({
    className: "baseline",
    name: `entry ${index + 1} that needs attention`,
    outcome: { kind: "failed", type: "baseline", message: problem, text: problem },
  }));
}

function details(header: RunHeader, finding: Finding): string {
  return [
    `${finding.message} [${finding.id}]`,
    `case: ${finding.caseId}`,
    `expected: ${finding.expected}`,
    `actual: ${finding.actual}`,
    `contract: ${placeInContract(header, finding)} ${finding.pointer}`,
    finding.curl,
  ].join("\n");
}

function testCase({ className, name, outcome }: TestCase): string {
  const head = `    <testcase${attributes({ classname: className, name, time: "0" })}`;
  switch (outcome.kind) {
    case "passed":
      return `${head}/>`;
    case "skipped":
      // As text, not as an attribute: that is what every edition of the format allows.
      return `${head}><skipped>${escapeXml(outcome.message)}</skipped></testcase>`;
    case "failed": {
      const { type, message, text } = outcome;
      return `${head}><failure${attributes({ type, message })}>${escapeXml(text)}</failure></testcase>`;
    }
  }
}

function attributes(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(
      ([name, value]) =>
        ` ${name}="${escapeXml(value).replace(/[\r\n\t]/g, (c) => `&#${c.charCodeAt(0)};`)}"`,
    )
    .join("");
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1_000).toFixed(3);
}
