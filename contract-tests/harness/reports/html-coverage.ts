import type { CoverageItem, OperationCoverage } from "../coverage/coverage.ts";
import type { RunSummary } from "../run/events.ts";
import { type Markup, markup } from "./markup.ts";
import { counted, grouped } from "./wording.ts";

/** More missing items than these stand in the JSON report alone. */
const mostListed = 1_000;

/** Operations by keywords: how much of each was put to use, what is missing first, and all that is missing. */
export function htmlCoverage({ coverage, coverageRequired }: RunSummary): Markup | undefined {
  if (!coverage) return undefined;
  const { percent, items, never, triedValid, triedInvalid, seen } = coverage;
  const rows = [...coverage.operations].sort((a, b) => missing(b.items).length - missing(a.items).length);
  const all = rows.flatMap((row) => row.items);
  const byKeyword = byKeywordIn(all);
  const keywords = [...byKeyword].sort(([, a], [, b]) => missing(b).length - missing(a).length);
  return markup`<section id="coverage"><h2>Coverage of the contract <span class="count">${percent}%</span></h2>
<p class="quiet">${
    coverageRequired === undefined
      ? undefined
      : markup`<span class="bad">Less than the ${coverageRequired}% that --min-coverage requires.</span> `
  }Of ${counted(items, "rule")}: ${grouped(triedValid)} tried with a valid request, ${grouped(triedInvalid)} tried with an invalid one, ${grouped(seen)} seen in a response, ${grouped(never)} never.</p>
<div class="scroll" tabindex="0" role="region" aria-label="Coverage of operations by keywords"><table>
<thead><tr><th scope="col" class="corner">operation</th><th scope="col" class="check"><span>all</span></th>${keywords.map(([keyword]) => markup`<th scope="col" class="check"><span>${keyword}</span></th>`)}</tr></thead>
<tbody>
${rows.map((row) =>
  operationRow(
    row,
    keywords.map(([keyword]) => keyword),
  ),
)}</tbody>
</table></div>
${missingItems(rows)}
</section>`;
}

function missing(items: readonly CoverageItem[]): readonly CoverageItem[] {
  return items.filter(({ marks }) => marks.length === 0);
}

function byKeywordIn(items: readonly CoverageItem[]): ReadonlyMap<string, readonly CoverageItem[]> {
  const groups = new Map<string, CoverageItem[]>();
  for (const item of items) {
    const group = groups.get(item.keyword);
    if (group) group.push(item);
    else groups.set(item.keyword, [item]);
  }
  return groups;
}

function operationRow(
  { operation, items, truncated }: OperationCoverage,
  keywords: readonly string[],
): Markup {
  const byKeyword = byKeywordIn(items);
  const note = truncated
    ? markup` <span class="quiet">(its first ${counted(items.length, "rule")})</span>`
    : undefined;
  return markup`<tr><th scope="row"><code>${operation}</code>${note}</th>${cell(items)}${keywords.map((keyword) => cell(byKeyword.get(keyword) ?? []))}</tr>
`;
}

function cell(items: readonly CoverageItem[]): Markup {
  if (items.length === 0) return markup`<td class="none" title="the contract has no such rule here">–</td>`;
  const never = missing(items);
  const covered = items.length - never.length;
  const kind = never.length === 0 ? "pass" : covered === 0 ? "fail" : "warn";
  const title =
    never.length === 0
      ? "all covered"
      : `never: ${never.slice(0, 5).map(words).join("; ")}${never.length > 5 ? "; …" : ""}`;
  return markup`<td class="${kind}" title="${title}">${covered}/${items.length}</td>`;
}

function words({ keyword, place, value }: CoverageItem): string {
  return value === undefined || value === place ? `${place}: ${keyword}` : `${place}: ${keyword} ${value}`;
}

function missingItems(rows: readonly OperationCoverage[]): Markup {
  const total = rows.reduce((sum, { items }) => sum + missing(items).length, 0);
  if (total === 0) return markup`<p class="quiet">Every rule of the contract was covered.</p>`;
  let left = mostListed;
  const lists = rows.map(({ operation, items }) => {
    const own = missing(items);
    const shown = own.slice(0, left);
    left -= shown.length;
    return shown.length === 0
      ? undefined
      : markup`<details><summary><code>${operation}</code> <span class="count">${own.length}</span></summary><ul class="gaps">${shown.map(
          (item) =>
            markup`<li>${item.in === "request" ? "never tried" : "never seen"}: ${words(item)} <code class="quiet">${item.pointer}</code></li>`,
        )}</ul></details>
`;
  });
  const more = total - mostListed;
  return markup`<h3>Never tried and never seen <span class="count">${grouped(total)}</span></h3>
${lists}${more > 0 ? markup`<p class="quiet">… and ${counted(more, "more")}: see them all with --report FILE.json.</p>` : undefined}`;
}
