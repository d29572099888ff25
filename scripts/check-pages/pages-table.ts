import { markdownText } from "../cli/markdown.ts";
import type { JudgedOperation, ReferenceResult } from "./check-pages.ts";

/** The results in Markdown: a row for each reference, and one for each kind of call. */
export function pagesTable(results: readonly ReferenceResult[]): string {
  const references = results.map(({ title, pages, generateSeconds, judged, problems }) => [
    markdownText(title),
    pages,
    generateSeconds?.toFixed(1) ?? "–",
    judged?.seconds.toFixed(1) ?? "–",
    judged?.cpuSeconds.toFixed(1) ?? "–",
    judged?.findings.length ?? "–",
    judged?.findings.filter(({ explanation }) => explanation !== undefined).length ?? "–",
    problems.length,
  ]);
  const operations = results.flatMap(({ judged }) => judged?.operations ?? []);
  const kinds = [...new Set(operations.map(({ kind }) => kind))].sort();
  const limits = new Set(operations.flatMap(({ mockLimit }) => mockLimit ?? []));
  return [
    table(
      ["Pages", "Number", "Generate, s", "Judge, s", "CPU, s", "Findings", "Explained", "Problems"],
      references,
    ),
    table(
      ["A call gives", "Operations", "Works", "The mock can't show"],
      kinds.map((kind) =>
        kindRow(
          kind,
          operations.filter((operation) => operation.kind === kind),
        ),
      ),
    ),
    [...limits].map((limit) => `- ${markdownText(limit)}\n`).join(""),
  ].join("\n");
}

function kindRow(kind: string, operations: readonly JudgedOperation[]) {
  const works = operations.filter((operation) => operation.works).length;
  const limited = operations.filter(({ works, mockLimit }) => !works && mockLimit !== undefined).length;
  return [kind, operations.length, works, limited];
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]): string => `| ${cells.join(" | ")} |\n`;
  return [head, head.map(() => "---"), ...rows].map(line).join("");
}
