import { styleText } from "node:util";
import { printable } from "../cli/printable.ts";
import type { Bump, Change, ContractDiff } from "./change.ts";
import { listMentions } from "./list-mentions.ts";
import { summaryOf } from "./summary-of.ts";

const colours = { major: "red", minor: "yellow", patch: "dim" } as const;
const words: Readonly<Record<Bump, string>> = { major: "BREAKING", minor: "minor", patch: "patch" };

/** For people at a terminal. @param colour whether to use ANSI colours */
export function formatText(diff: ContractDiff, colour: boolean): string {
  const blocks = diff.changes.map((change) => block(change, colour));
  return [printable(`${diff.base} → ${diff.revision}`), ...blocks, summaryOf(diff)].join("\n\n").concat("\n");
}

function block(change: Change, colour: boolean): string {
  const word = words[change.bump].padEnd(8);
  const marked = colour ? styleText(colours[change.bump], word) : word;
  const lines = [
    `${marked}  ${printable(change.message)} [${change.rule}]`,
    `          at       ${printable(`${change.place}  ${change.pointer || "/"}`)}`,
    ...(change.operations.length > 0
      ? [`          touches  ${printable(change.operations.join(", "))}`]
      : []),
    `          means    ${change.meaning}`,
    ...(change.bump === "patch" && change.mentions.length === 0
      ? []
      : [`          our code ${printable(listMentions(change))}`]),
  ];
  return lines.join("\n");
}
