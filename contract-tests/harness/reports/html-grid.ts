import type { Finding } from "../checks/finding.ts";
import type { CheckCount, RunSummary, SuccessCount } from "../run/events.ts";
import { type Markup, markup } from "./markup.ts";
import { noSuccessWords } from "./without-success.ts";

/** What a cell of the grid tells, by sign as well as by colour. */
interface Cell {
  readonly kind: "fail" | "warn" | "known" | "pass" | "none";
  readonly label: string;
  readonly title: string;
  readonly href?: string;
}

/** Operations by checks: counts, and a way from each complaint to its finding. */
export function htmlGrid(summary: RunSummary, anchors: ReadonlyMap<Finding, string>): Markup {
  const operations = [...new Set(summary.counts.map(({ operation }) => operation))];
  const checks = [...new Set(summary.counts.map(({ check }) => check))];
  const counts = new Map(summary.counts.map((count) => [key(count), count] as const));
  const findings = new Map<string, Finding[]>();
  for (const finding of anchors.keys()) {
    findings.set(key(finding), [...(findings.get(key(finding)) ?? []), finding]);
  }
  const gaps = new Map<string, string>();
  for (const item of summary.notJudged) {
    if (item.check !== undefined) gaps.set(`${item.operation ?? ""}\n${item.check}`, item.reason);
  }
  const successes = new Map(
    (summary.successes ?? []).map((success) => [success.operation, success] as const),
  );
  const cellOf = (operation: string, check: string) =>
    cell(
      counts.get(key({ operation, check })),
      findings.get(key({ operation, check })) ?? [],
      anchors,
      gaps.get(key({ operation, check })) ?? gaps.get(`\n${check}`),
    );
  const rows = operations.map((operation) => {
    const cells = checks.map((check) => cellOf(operation, check));
    const success = successes.get(operation);
    const isSilent = success?.succeeded === 0;
    const complaint =
      isSilent || cells.some(({ kind }) => kind === "fail" || kind === "warn" || kind === "known");
    return markup`<tr data-complaint="${complaint ? "yes" : "no"}"><th scope="row"><code>${operation}</code></th>${successCell(success)}${cells.map((cell) => gridCell(isSilent && cell.kind === "pass" ? unproven(cell) : cell))}</tr>
`;
  });
  if (rows.length === 0) {
    return markup`<section id="grid"><h2>Operations by checks</h2><p class="quiet">Nothing was judged.</p></section>`;
  }
  return markup`<section id="grid"><h2>Operations by checks <span class="count">${operations.length} × ${checks.length}</span></h2>
<p class="legend"><span class="key pass">✓ passed</span> <span class="key fail">✗ failed</span> <span class="key warn">! warned</span> <span class="key known">◇ known</span> <span class="key none">– not judged</span></p>
<div class="scroll" tabindex="0" role="region" aria-label="Operations by checks"><table>
<thead><tr><th scope="col" class="corner">operation</th><th scope="col" class="check"><span>successes</span></th>${checks.map((check) => markup`<th scope="col" class="check"><span>${check}</span></th>`)}</tr></thead>
<tbody>
${rows}</tbody>
</table></div>
</section>`;
}

function key({ operation, check }: { readonly operation: string; readonly check: string }): string {
  return `${operation}\n${check}`;
}

function cell(
  count: CheckCount | undefined,
  findings: readonly Finding[],
  anchors: ReadonlyMap<Finding, string>,
  gap: string | undefined,
): Cell {
  const [worst] = findings;
  const anchor = worst === undefined ? undefined : anchors.get(worst);
  const link = anchor === undefined ? {} : { href: `#${anchor}` };
  const { passed = 0, failed = 0, warned = 0 } = count ?? {};
  const title = `${passed} passed, ${failed} failed, ${warned} warned`;
  if (failed > 0) {
    const known = findings.length > 0 && findings.every((finding) => finding.known !== undefined);
    return known
      ? { kind: "known", label: `◇ ${failed}`, title: `${title}; all known`, ...link }
      : { kind: "fail", label: `✗ ${failed}`, title, ...link };
  }
  if (warned > 0) return { kind: "warn", label: `! ${warned}`, title, ...link };
  if (passed > 0) return { kind: "pass", label: `✓ ${passed}`, title };
  return { kind: "none", label: "–", title: gap ?? "nothing to judge here" };
}

/** What passed on errors alone has no tick. */
function unproven({ label, title }: Cell): Cell {
  return {
    kind: "none",
    label: label.replace("✓", "–"),
    title: `${title}; on unsuccessful responses only`,
  };
}

function successCell(success: SuccessCount | undefined): Markup {
  if (success === undefined) return markup`<td class="none" title="not counted">–</td>`;
  const { succeeded, tried } = success;
  return succeeded === 0
    ? markup`<td class="warn" title="${noSuccessWords(success)}">0/${tried}</td>`
    : markup`<td class="pass" title="${succeeded} of ${tried} requests that should succeed did">${succeeded}/${tried}</td>`;
}

function gridCell({ kind, label, title, href }: Cell): Markup {
  const content = href === undefined ? markup`${label}` : markup`<a href="${href}">${label}</a>`;
  return markup`<td class="${kind}" title="${title}">${content}</td>`;
}
