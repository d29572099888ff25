import type { Finding } from "../checks/finding.ts";
import type { RunHeader, RunSummary } from "../run/events.ts";
import { htmlCoverage } from "./html-coverage.ts";
import { htmlFinding } from "./html-finding.ts";
import { htmlGrid } from "./html-grid.ts";
import { htmlPage } from "./html-page.ts";
import { htmlSensitivity } from "./html-sensitivity.ts";
import { type Markup, markup, trusted } from "./markup.ts";
import type { FinishedRun } from "./report.ts";
import { findingsByWeight, groupFindings, runTotals } from "./run-totals.ts";
import { noSuccessWords, withoutSuccess } from "./without-success.ts";
import { counted, duration, groupNotJudged, verdictDetails, verdictSign, verdictWords } from "./wording.ts";

/** More than these are put in groups. */
const FINDINGS_IN_A_ROW = 30;

/** The run as one HTML page that stands alone. */
export function renderHtml({ header, summary, contractText }: FinishedRun): string {
  const lines = contractText?.split("\n") ?? [];
  const findings = findingsByWeight(summary.findings);
  const anchors = new Map(findings.map((finding, index) => [finding, `finding-${index + 1}`] as const));
  const body = markup`${banner(header, summary)}
${totals(summary)}
${facts(header, summary)}
${toolbar(summary)}
${problems(summary)}
<section id="findings" aria-labelledby="findings-title">
<h2 id="findings-title">Findings <span class="count">${findings.length}</span></h2>
${
  findings.length === 0
    ? markup`<p class="quiet">No findings.</p>`
    : inGroups(findings, (finding) => htmlFinding(header, finding, lines, anchors.get(finding) ?? ""))
}
</section>
${silentOperations(summary)}
${htmlGrid(summary, anchors)}
${htmlSensitivity(summary)}
${htmlCoverage(summary)}
${notJudged(summary)}`;
  const title = `${verdictSign(summary)} ${header.contract.title}: ${verdictWords(summary)}`;
  return htmlPage(title, body, "with the report's script");
}

/** Many findings stand in a fold for each check: nobody reads a thousand, one behind the other. */
function inGroups(findings: readonly Finding[], show: (finding: Finding) => Markup): Markup[] {
  if (findings.length <= FINDINGS_IN_A_ROW) return findings.map(show);
  return groupFindings(findings).map(
    ({ check, findings: own, operations }, index) =>
      markup`<details class="group"${index === 0 ? markup` open` : undefined}><summary><code>${check}</code> <span class="count">${own.length}</span> <span class="quiet">on ${counted(operations, "operation")}</span></summary>
${own.map(show)}</details>`,
  );
}

function banner(header: RunHeader, summary: RunSummary): Markup {
  return markup`<header class="banner ${summary.verdict}">
<p class="sign" aria-hidden="true">${verdictSign(summary)}</p>
<div>
<h1>${header.contract.title} <span class="verdict">${verdictWords(summary)}</span></h1>
<p>${verdictDetails(header, summary)}</p>
</div>
</header>`;
}

function totals(summary: RunSummary): Markup {
  const sums = runTotals(summary);
  const tiles: readonly (readonly [string, number, string, string])[] = [
    ["fail", sums.errors, sums.errors === 1 ? "finding" : "findings", "✗"],
    ["warn", sums.warnings, sums.warnings === 1 ? "warning" : "warnings", "!"],
    ["known", sums.known, "known", "◇"],
    ["pass", sums.passed, "checks passed", "✓"],
    ["warn", withoutSuccess(summary).length, "without a success", "○"],
    ["none", sums.notJudged, "not judged", "–"],
  ];
  return markup`<ul class="tiles">${tiles.map(
    ([kind, count, label, sign]) =>
      markup`<li class="tile ${kind}${count === 0 ? " zero" : ""}"><span class="sign" aria-hidden="true">${sign}</span><b>${count.toLocaleString("en")}</b> ${label}</li>`,
  )}</ul>`;
}

function facts(header: RunHeader, summary: RunSummary): Markup {
  const { contract, target } = header;
  const whole = header.schemasCompiled === header.schemasTotal;
  const rows: readonly (readonly [string, Markup])[] = [
    ["Contract", markup`<code>${contract.file}</code>`],
    ["SHA-256", markup`<code class="hash">${contract.sha256}</code>`],
    ["Target", markup`<code>${target.address}</code> (${target.kind})`],
    [
      "Schemas compiled",
      markup`<span${trusted(whole ? "" : ' class="bad"')}>${header.schemasCompiled}/${header.schemasTotal}</span>`,
    ],
    ["Seed", markup`<code>${header.seed}</code>`],
    [
      "Run",
      markup`${counted(header.operations, "operation")}, ${counted(summary.requestsSent, "request")} in ${duration(summary.durationMs)}, <time datetime="${header.startedAt}">${header.startedAt.replace("T", " ").replace(/\.\d+Z$/, " UTC")}</time>`,
    ],
  ];
  return markup`<dl class="facts">${rows.map(([name, value]) => markup`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

/** Ways into the page, and a filter for long ones (shown by the script: without it there is nothing to filter with). */
function toolbar({ coverage, sensitivity }: RunSummary): Markup {
  return markup`<nav class="toolbar"><a href="#findings">Findings</a> <a href="#grid">Operations by checks</a>${sensitivity ? markup` <a href="#sensitivity">Sensitivity</a>` : undefined}${coverage ? markup` <a href="#coverage">Coverage</a>` : undefined} <a href="#not-judged">Not judged</a>
<form class="filter" hidden><label>Filter <input type="search" placeholder="operation, check or message" autocomplete="off"></label> <label><input type="checkbox"> only operations with findings</label> <output></output></form></nav>`;
}

function problems(summary: RunSummary): Markup | undefined {
  const list = summary.baseline?.problems ?? [];
  if (list.length === 0) return undefined;
  return markup`<section class="problems"><h2>Baseline <span class="count">${list.length}</span></h2><ul>${list.map((problem) => markup`<li>${problem}</li>`)}</ul></section>`;
}

function silentOperations(summary: RunSummary): Markup | undefined {
  const silent = withoutSuccess(summary);
  if (silent.length === 0) return undefined;
  return markup`<section id="no-success"><h2>Operations without a success <span class="count">${silent.length}</span></h2>
<p class="quiet">Only the error responses of these operations were judged.</p><ul class="gaps">${silent.map(
    (row) =>
      markup`<li><code>${row.operation}</code> <span class="quiet">${noSuccessWords(row, summary)}</span></li>`,
  )}</ul></section>`;
}

function notJudged(summary: RunSummary): Markup {
  const groups = groupNotJudged(summary.notJudged);
  return markup`<section id="not-judged"><h2>Not judged <span class="count">${summary.notJudged.length}</span></h2>
${
  groups.length === 0
    ? markup`<p class="quiet">Everything was judged.</p>`
    : markup`<p class="quiet">None of this counts as passed.</p><ul class="gaps">${groups.map(
        ({ reason, checks, operations }) =>
          markup`<li>${reason}${
            checks.length === 0 ? undefined : markup` <span class="quiet">${checks.join(", ")}</span>`
          }${
            operations.length === 0
              ? undefined
              : operations.length === 1
                ? markup` <code>${operations[0]}</code>`
                : markup`<details><summary>${counted(operations.length, "operation")}</summary><ul>${operations.map((operation) => markup`<li><code>${operation}</code></li>`)}</ul></details>`
          }</li>`,
      )}</ul>`
}
</section>`;
}
