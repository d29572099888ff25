import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

export interface SourcePattern {
  readonly source: string;
  readonly flags: string;
  /** `src/a.ts:12`, of the first place where it stands. */
  readonly place: string;
}

const folders = [
  "contract-tests/harness",
  "contract-tests/suites",
  "src",
  "scripts",
  "docs/examples",
  "generated",
];
const left = /(^|\/)(node_modules|dist|testing|fixtures)(\/|$)|\.(test|check|attack|d)\.m?ts$/;

/** Every regular expression of the project's sources, each once: literals, and constructors that are given a text. */
export function sourcePatterns(root: string): readonly SourcePattern[] {
  const patterns = new Map<string, SourcePattern>();
  for (const folder of folders) {
    for (const name of readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })) {
      if (!/\.m?[jt]s$/.test(name) || left.test(name)) continue;
      const file = `${folder}/${name}`;
      for (const pattern of patternsIn(file, readFileSync(join(root, file), "utf8"))) {
        const key = `/${pattern.source}/${pattern.flags}`;
        if (!patterns.has(key)) patterns.set(key, pattern);
      }
    }
  }
  return [...patterns.values()];
}

function patternsIn(file: string, text: string): readonly SourcePattern[] {
  const patterns: SourcePattern[] = [];
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const add = (node: ts.Node, source: string, flags: string) => {
    const { line } = tree.getLineAndCharacterOfPosition(node.getStart());
    patterns.push({ source, flags, place: `${file}:${line + 1}` });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf("/");
      add(node, node.text.slice(1, end), node.text.slice(end + 1));
    } else if (
      (ts.isNewExpression(node) || ts.isCallExpression(node)) &&
      node.expression.getText() === "RegExp"
    ) {
      const [pattern, flags] = node.arguments ?? [];
      if (pattern && ts.isStringLiteralLike(pattern))
        add(node, pattern.text, flags && ts.isStringLiteralLike(flags) ? flags.text : "");
      else if (pattern) computed.push(`${file}: ${node.getText()}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return patterns;
}

/** Patterns that are put together while the program runs, as `sourcePatterns` has met them: each needs a test of its own. */
export const computed: string[] = [];
