import {
  Composer,
  type CST,
  type Document,
  isMap,
  isPair,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  Parser,
} from "yaml";
import { ContractError } from "./contract-error.ts";
import { jsonLines } from "./json-lines.ts";
import { joinPointer, pointerSteps } from "./json-pointer.ts";
import { parseJsonText, throwUnlessBadText } from "./large-integer.ts";
import { readLargeIntegers } from "./yaml-large-integers.ts";

/** A parsed document, and where its parts stand in the file. */
export interface SourceText {
  readonly value: unknown;
  /** One-based line of the nearest existing place on the way to `pointer`; 0 when nothing is known. */
  line(pointer: string): number;
}

/** Ten times what the deepest known document has: what comes behind goes in recursion. */
const maxDepth = 200;
/** Three times what the largest known document has, aliases expanded. */
const maxValues = 10_000_000;

/**
 * Parses JSON (by its first character) or YAML 1.2.
 *
 * @throws {ContractError} with the place of the mistake, or of what is nested too deeply
 */
export function parseSource(text: string, file: string): SourceText {
  const source = /^\s*[{[]/.test(text) ? (parseJson(text) ?? parseYaml(text, file)) : parseYaml(text, file);
  const deep = tooDeep(source.value, 0, { left: maxValues });
  if (deep === "too much")
    throw new ContractError(`${file} can't be read: it has more than ${maxValues} values.`);
  if (deep)
    throw new ContractError(
      `${file}:${source.line(joinPointer("", ...deep))}: this is nested more than ${maxDepth} levels deep: move its inner parts to components.`,
    );
  return source;
}

/** The steps to what is nested too deeply; an alias of what it stands in never ends. */
function tooDeep(value: unknown, depth: number, values: { left: number }): string[] | "too much" | undefined {
  if (--values.left < 0) return "too much";
  if (typeof value !== "object" || value === null || value instanceof Number) return undefined;
  if (depth > maxDepth) return [];
  for (const [key, member] of Object.entries(value)) {
    const found = tooDeep(member, depth + 1, values);
    if (found) return found === "too much" ? found : [key, ...found];
  }
  return undefined;
}

function parseJson(text: string): SourceText | undefined {
  try {
    const value = parseJsonText(text);
    const lines = jsonLines(text);
    return { value, line: (pointer) => lines(pointerSteps(pointer)) };
  } catch (error) {
    throwUnlessBadText(error);
    return undefined; // flow-style YAML begins with "{" too
  }
}

function parseYaml(text: string, file: string): SourceText {
  const lines = new LineCounter();
  const composed = new Composer({ lineCounter: lines, prettyErrors: false, logLevel: "silent" });
  const [document, second] = composed.compose(boundedTokens(text, file, lines), true, text.length);
  if (!document) throw new ContractError(`${file} is empty.`);
  if (second) throw new ContractError(`${file} contains more than one document: give one.`);
  const [error] = document.errors;
  if (error) {
    const { line, col } = lines.linePos(error.pos[0]);
    throw new ContractError(`${file}:${line}:${col} isn't valid YAML or JSON: ${error.message}.`);
  }
  return { value: toValue(document, file), line: (pointer) => lineInYaml(document.contents, pointer, lines) };
}

/** The parser keeps a stack of its own, but what is made of its tokens recurses: the depth is bounded before that. */
function* boundedTokens(text: string, file: string, lines: LineCounter): Generator<CST.Token> {
  const parser = new Parser(lines.addNewLine);
  lines.addNewLine(0);
  for (const lexeme of new Lexer().lex(text)) {
    yield* parser.next(lexeme);
    if (parser.stack.length > maxDepth + 10)
      throw new ContractError(
        `${file}:${lines.linePos(parser.offset).line}: this is nested more than ${maxDepth} levels deep: move its inner parts to components.`,
      );
  }
  yield* parser.end();
}

function toValue(document: Document.Parsed, file: string): unknown {
  try {
    readLargeIntegers(document);
    return document.toJS();
  } catch (error) {
    throw new ContractError(
      `${file} can't be read: ${error instanceof Error ? error.message : String(error)}.`,
    );
  }
}

function lineInYaml(root: unknown, pointer: string, lines: LineCounter): number {
  let node = root;
  let offset = 0;
  for (const step of pointerSteps(pointer)) {
    if (isMap(node)) {
      const pair = node.items.find(
        (item) => isPair(item) && isScalar(item.key) && String(item.key.value) === step,
      );
      if (!pair) break;
      offset = isScalar(pair.key) ? (pair.key.range?.[0] ?? offset) : offset;
      node = pair.value;
    } else if (isSeq(node)) {
      const item = node.items[Number(step)];
      if (item === undefined) break;
      node = item;
      if (isMap(item) || isSeq(item) || isScalar(item)) offset = item.range?.[0] ?? offset;
    } else break;
  }
  return lines.linePos(offset).line;
}
