import type { InstalledVerdict } from "./installed/judge-installed.ts";
import type { BugOutcome, ServerScore } from "./score-server.ts";

const othersBegin = "## Servers that others made";

/** What stands on the page now, with the parts that were judged anew in place of theirs. */
export function renewedPage(
  page: string,
  scores: readonly ServerScore[] | undefined,
  verdicts: readonly InstalledVerdict[] | undefined,
): string {
  const at = page.indexOf(othersBegin);
  const [own, others] = at < 0 ? [page, ""] : [page.slice(0, at), page.slice(at)];
  return `${scores ? ownPart(scores) : own}${verdicts ? othersPart(verdicts) : others}`;
}

function ownPart(scores: readonly ServerScore[]): string {
  return `# The harness on real servers

Written by \`npm run check:servers\`: do not edit. First come typical applications with planted bugs, then
[servers that others made](#servers-that-others-made), unchanged.

## Servers as teams write them

Five applications (\`contract-tests/self-test/servers/apps/\`), each built with a different framework and judged by the document
that it generates itself. The harness gets the credential and nothing else: no parameter, no identifier, no example
beyond the document's. Then bugs that real teams ship are turned on, one at a time. A bug counts as caught if a
check that is named for it has a finding that the clean server doesn't have.

### Figures

${table(
  ["server", "made with", "operations with a success", "bugs caught", "requests, clean"],
  [
    ...scores.map((score) => [
      score.server.name,
      score.server.framework,
      ratio(score.operations.length - score.withoutSuccess.size, score.operations.length),
      ratio(score.bugs.filter(({ caught }) => caught).length, score.bugs.length),
      String(score.requests),
    ]),
    totals(scores),
  ],
)}

### Bugs

${scores.map(bugsOf).join("\n\n")}

### True findings of the clean servers

The clean servers' findings are true: each violates the server's own document, for the reason given, and wasn't planted.

${scores.map(trueFindingsOf).join("\n\n")}

`;
}

function othersPart(verdicts: readonly InstalledVerdict[]): string {
  return `${othersBegin}

Installed from npm and Debian, started with only a port of their own, and judged by \`openapi-conformance\` with the
configuration in \`contract-tests/self-test/servers/installed/\`. Nothing is planted in them. Each finding was
verified by hand, with curl and the document side by side. \`npm run check:servers -- others\` judges them again, and fails
if it finds anything else.

${table(
  ["server", "operations with a success", "requests", "findings"],
  verdicts.map(({ server, operations, withoutSuccess, requests, found }) => [
    server.what,
    ratio(operations - withoutSuccess.length, operations),
    String(requests),
    String(found.length),
  ]),
)}

${verdicts.map(othersFindings).join("\n\n")}
`;
}

function othersFindings({ server, found }: InstalledVerdict): string {
  const { name, setting, trueFindings } = server;
  const explained = new Set(trueFindings.flatMap(({ ids }) => ids));
  const rows = [
    ...trueFindings.map(({ ids, reason }) => [ids.map(code).join("<br>"), reason]),
    ...found.filter(({ id }) => !explained.has(id)).map(({ id }) => [code(id), "not explained yet"]),
  ];
  return [`### ${name}`, setting, table(["findings", "why they are true"], rows)].join("\n\n");
}

function totals(scores: readonly ServerScore[]): readonly string[] {
  const operations = sum(scores.map((score) => score.operations.length));
  const without = sum(scores.map((score) => score.withoutSuccess.size));
  const bugs = scores.flatMap((score) => score.bugs);
  return [
    "**all**",
    "",
    ratio(operations - without, operations),
    ratio(bugs.filter(({ caught }) => caught).length, bugs.length),
    String(sum(scores.map(({ requests }) => requests))),
  ];
}

function bugsOf({ server, bugs, withoutSuccess }: ServerScore): string {
  const rows = bugs.map((outcome) => [`\`${outcome.bug.id}\``, outcome.bug.breach, verdictOn(outcome)]);
  const without = [...withoutSuccess].map(([operation, answers]) => {
    const reason = server.withoutSuccess?.find((known) => known.operation === operation)?.reason;
    return `No success of \`${operation}\` (${answers}): ${reason ?? "not explained yet"}.`;
  });
  return [`#### ${server.name}`, table(["bug", "what it does", "caught by"], rows), ...without].join("\n\n");
}

function verdictOn({ bug, caught }: BugOutcome): string {
  if (!caught) return `**missed**: ${bug.missed ?? "not explained yet"}`;
  return `\`${caught.check}\`${caught.severity === "warning" ? " (warning)" : ""} on \`${caught.operation}\``;
}

function trueFindingsOf({ server, unexplained }: ServerScore): string {
  const rows = [
    ...server.trueFindings.flatMap(({ ids, reason }) => ids.map((id) => [code(id), reason])),
    ...unexplained.map(({ id }) => [code(id), "not explained yet"]),
  ];
  return `#### ${server.name}\n\n${rows.length === 0 ? "None." : table(["finding", "why it is true"], rows)}`;
}

/** Ids have upright bars of their own, which end a cell. */
function code(id: string): string {
  return `\`${id.replaceAll("|", "›")}\``;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function ratio(part: number, whole: number): string {
  return `${part} / ${whole} (${whole === 0 ? "–" : ((100 * part) / whole).toFixed(1)} %)`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
