import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import type * as TypeScript from "typescript";
import { constantName, typeName } from "../generate/names.ts";
import type { Mention } from "./change.ts";
import type { ContractName } from "./names-of.ts";

// Required rather than imported, which takes Node half a second more: it reads all 9 MB for the names they export.
const ts: typeof TypeScript = createRequire(import.meta.url)("typescript");

/** The folders that are written against the contract. */
export const ourCode = ["src", "contract-tests"];

/** Looks names up in code that was read before. */
export type MentionFinder = (names: readonly ContractName[]) => Mention[];

/**
 * Reads the TypeScript under the folders, so that changes can be looked up in it. A mention is found by name in the
 * syntax tree (a property that is read, a value that is written out, a type that is named), never in comments; types
 * are not resolved, so a like-named property of something else is listed too.
 *
 * @param root folder that the mentions' file names are relative to
 */
export async function readMentions(root: string, folders: readonly string[]): Promise<MentionFinder> {
  const words: Word[] = [];
  for (const folder of folders) {
    const files = await readdir(join(root, folder), { recursive: true }).catch(() => []);
    for (const file of files.filter((name) => /\.[cm]?tsx?$/.test(name)).sort()) {
      const path = join(folder, file).replaceAll("\\", "/");
      words.push(...wordsOf(path, await readFile(join(root, path), "utf8")));
    }
  }
  return (names) => {
    const found = new Map<string, Mention>();
    for (const name of names)
      for (const word of words)
        if (speaksOf(word, name)) {
          const mention = { file: word.file, line: word.line, name: name.text };
          found.set(`${mention.file}:${mention.line}:${mention.name}`, mention);
        }
    // What users run comes first, its tests after it.
    return [...found.values()].sort((left, right) => Number(isTest(left)) - Number(isTest(right)));
  };
}

function isTest({ file }: Mention): boolean {
  return /\.(test|check)\.[cm]?tsx?$/.test(file);
}

/** A name as it stands in code, and how it is used there. */
interface Word {
  readonly file: string;
  readonly line: number;
  readonly use: "property" | "call-chain" | "literal" | "identifier";
  readonly text: string;
}

function speaksOf({ use, text }: Word, name: ContractName): boolean {
  switch (name.kind) {
    case "operation":
      return use === "literal" ? text === name.text : use === "call-chain" && endsWithCall(text, name.text);
    case "property":
      return use === "property" && text === name.text;
    case "value":
      if (use === "literal") return text === name.text;
      return (
        use === "call-chain" &&
        name.of !== undefined &&
        text === `${typeName(name.of)}.${constantName(name.text)}`
      );
    case "type":
      return use === "identifier" && text === typeName(name.text);
    case "parameter":
      return use !== "call-chain" && text.toLowerCase() === name.text.toLowerCase();
    case "path": {
      const fixed = name.text.split("{")[0] ?? name.text;
      return use === "literal" && fixed.length > 1 && text.includes(fixed);
    }
  }
}

/** `client.tokens.singleUse.create` calls `tokens.singleUse.create`. */
function endsWithCall(chain: string, operationId: string): boolean {
  return chain === operationId || chain.endsWith(`.${operationId}`);
}

function wordsOf(file: string, text: string): Word[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const words: Word[] = [];
  const add = (node: TypeScript.Node, use: Word["use"], word: string): void => {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
    words.push({ file, line: line + 1, use, text: word });
  };
  const visit = (node: TypeScript.Node): void => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node))
      add(node, "literal", node.text);
    if (ts.isIdentifier(node)) add(node, "identifier", node.text);
    if (ts.isPropertyAccessExpression(node)) {
      add(node.name, "property", node.name.text);
      add(node.name, "call-chain", chainOf(node));
    }
    const member = memberName(node);
    if (member !== undefined) add(node, "property", member);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return words;
}

/** The property that a node reads, writes or declares other than by `.name`: `{ name }`, `name:`, `["name"]`. */
function memberName(node: TypeScript.Node): string | undefined {
  if (ts.isElementAccessExpression(node))
    return ts.isStringLiteralLike(node.argumentExpression) ? node.argumentExpression.text : undefined;
  if (ts.isBindingElement(node) && ts.isObjectBindingPattern(node.parent))
    return nameText(node.propertyName ?? node.name);
  if (ts.isPropertyAssignment(node) || ts.isPropertySignature(node)) return nameText(node.name);
  return ts.isShorthandPropertyAssignment(node) ? node.name.text : undefined;
}

function nameText(name: TypeScript.PropertyName | TypeScript.BindingName): string | undefined {
  return ts.isIdentifier(name) || ts.isStringLiteralLike(name) ? name.text : undefined;
}

/** `a.b.c` of nested property accesses; what is not a plain name before them is left out. */
function chainOf(node: TypeScript.PropertyAccessExpression): string {
  const { expression, name } = node;
  if (ts.isPropertyAccessExpression(expression)) return `${chainOf(expression)}.${name.text}`;
  return ts.isIdentifier(expression) ? `${expression.text}.${name.text}` : name.text;
}
