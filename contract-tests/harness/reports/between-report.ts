import type { BetweenResult, BetweenRow } from "../between/between.ts";
import { type Sides, sides } from "../between/change.ts";
import type { Behaviour } from "../between/decide.ts";
import type { Contract } from "../contract/contract.ts";
import { type ConsoleOutput, harmless, type Style, styled, wrapped } from "./console-output.ts";
import { htmlPage } from "./html-page.ts";
import { code, escaped } from "./markdown-text.ts";
import { markup } from "./markup.ts";
import { ReportError } from "./report.ts";
import { counted } from "./wording.ts";

/** What was found out between two documents and a server. */
export interface BetweenReport {
  readonly contracts: Sides<Pick<Contract, "file" | "title" | "sha256">>;
  /** The server's address. */
  readonly target: string;
  readonly result: BetweenResult;
}

const behaviours: readonly Behaviour[] = ["new", "old", "both", "neither", "not decidable"];
const styles: Readonly<Record<Behaviour, Style>> = {
  new: "green",
  old: "red",
  both: "cyan",
  neither: "red",
  "not decidable": "yellow",
};

/** The table for people, on a terminal. */
export function betweenText(report: BetweenReport, output: ConsoleOutput): string {
  const { contracts, result } = report;
  const indent = " ".repeat(15);
  const rows = result.rows.map((row) => {
    const title = `${operationsOf(row)}: ${row.message}`;
    const lines = [...wrapped(title, output.columns - 15), ...wrapped(row.why, output.columns - 15)];
    const place = placeOf(row);
    const first = styled(output, styles[row.behaviour], row.behaviour.padEnd(15));
    return `${first}${lines.join(`\n${indent}`)}\n${indent}${styled(output, "dim", place)}\n`;
  });
  const facts = [
    `base      ${contracts.base.file}`,
    `revision  ${contracts.revision.file}`,
    `target    ${report.target}`,
  ];
  return (
    harmless(`${facts.join("\n")}\n\n`) +
    coloured(rows.join("\n"), output) +
    harmless(`\n${summaryOf(result)}\n`)
  );
}

/** Colours are escape sequences of our own. */
function coloured(text: string, output: ConsoleOutput): string {
  return output.color ? text : harmless(text);
}

export const renderBetween = {
  json: renderJson,
  markdown: renderMarkdown,
  html: renderHtml,
} as const;

export type BetweenFormat = keyof typeof renderBetween;

/**
 * The format of a `--report` choice, by its ending or its name before `=`.
 *
 * @throws {ReportError} when it is none of these
 */
export function betweenFormat(choice: string): { readonly format: BetweenFormat; readonly file: string } {
  const [, name, file = choice] = /^(json|markdown|html)=(.+)$/s.exec(choice) ?? [];
  if (name === "json" || name === "markdown" || name === "html") return { format: name, file };
  const ending = /\.(json|md|html?)$/i.exec(choice)?.[1]?.toLowerCase();
  if (ending === "json") return { format: "json", file };
  if (ending === "md") return { format: "markdown", file };
  if (ending !== undefined) return { format: "html", file };
  throw new ReportError(
    `--report ${choice}: between writes .json, .md and .html: use one of these extensions`,
  );
}

function renderJson({ contracts, target, result }: BetweenReport): string {
  const { file, title, sha256 } = contracts.base;
  const revision = contracts.revision;
  const report = {
    report: "openapi-conformance between",
    version: 1,
    base: { file, title, sha256 },
    revision: { file: revision.file, title: revision.title, sha256: revision.sha256 },
    target,
    counts: Object.fromEntries(behaviours.map((one) => [one, countOf(result, one)])),
    changes: result.rows,
    otherWords: result.words,
    requestsSent: result.requestsSent,
    ...(result.stopped ? { stopped: result.stopped } : {}),
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}

function renderMarkdown({ contracts, target, result }: BetweenReport): string {
  const rows = result.rows.map(
    (row) =>
      `| **${row.behaviour}** | ${code(operationsOf(row))} | ${escaped(row.message)} | ${escaped(row.why)} |`,
  );
  return [
    `## Which revision is live? ${code(contracts.base.file)} → ${code(contracts.revision.file)}`,
    `${code(target)}: ${escaped(summaryOf(result))}`,
    ["| behaves as | operation | change | seen |", "|---|---|---|---|", ...rows].join("\n"),
  ]
    .join("\n\n")
    .concat("\n");
}

function renderHtml({ contracts, target, result }: BetweenReport): string {
  const rows = result.rows.map(
    (row) =>
      markup`<tr><td><b>${row.behaviour}</b></td><td><code>${operationsOf(row)}</code></td><td>${row.message}<br><span class="quiet">${placeOf(row)}</span></td><td>${row.why}${row.requests.map(({ says, curl }) => markup`<details><summary>a request (${says})</summary><pre>${curl}</pre></details>`)}</td></tr>`,
  );
  const body = markup`<h1>Which revision is live?</h1>
<p><code>${contracts.base.file}</code> → <code>${contracts.revision.file}</code>, asked of <code>${target}</code></p>
<p>${summaryOf(result)}</p>
<table class="prose"><thead><tr><th>behaves as</th><th>operation</th><th>change</th><th>seen</th></tr></thead><tbody>${rows}</tbody></table>`;
  return htmlPage("Which revision is live?", body);
}

/** The figures in one sentence. */
function summaryOf(result: BetweenResult): string {
  const { rows, words, requestsSent, stopped } = result;
  const told =
    words > 0
      ? ` ${counted(words, "description, example or the like also differs", "descriptions, examples and the like also differ")}, which no response shows.`
      : "";
  if (rows.length === 0)
    return `The documents describe the same operations in the same way, so nothing was tried.${told}`;
  const counts = behaviours.map((one) => `${countOf(result, one)} ${one}`).join(", ");
  const partial = stopped ? ` Not everything was tried: ${stopped.reason}.` : "";
  return `${counted(rows.length, "change")}: ${counts} (${counted(requestsSent, "request")}).${partial}${told}`;
}

function countOf({ rows }: BetweenResult, behaviour: Behaviour): number {
  return rows.filter((row) => row.behaviour === behaviour).length;
}

function operationsOf({ operations }: BetweenRow): string {
  const [first = "", second] = operations;
  if (second === undefined) return first;
  return operations.length === 2 ? `${first}, ${second}` : `${first} and ${operations.length - 1} more`;
}

function placeOf({ places }: BetweenRow): string {
  return sides
    .flatMap((side) => {
      const place = places[side];
      return place ? [place.line > 0 ? `${place.file}:${place.line}` : place.file] : [];
    })
    .join(" → ");
}
