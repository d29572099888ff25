import { isMap, isPair, isScalar, isSeq, LineCounter, parseDocument } from "yaml";
import { ContractError } from "./contract-error.ts";
import { jsonLines } from "./json-lines.ts";
import { pointerSteps } from "./json-pointer.ts";

/** A parsed document, and where its parts stand in the file. */
export interface SourceText {
  readonly value: unknown;
  /** One-based line of the nearest existing place on the way to `pointer`; 0 when nothing is known. */
  line(pointer: string): number;
}

/** Parses JSON (by its first character) or YAML 1.2. Throws `ContractError` with the place of the mistake. */
export function parseSource(text: string, file: string): SourceText {
  return /^\s*[{[]/.test(text) ? (parseJson(text) ?? parseYaml(text, file)) : parseYaml(text, file);
}

function parseJson(text: string): SourceText | undefined {
  try {
    const value = JSON.parse(text);
    const lines = jsonLines(text);
    return { value, line: (pointer) => lines(pointerSteps(pointer)) };
  } catch {
    return undefined; // flow-style YAML begins with "{" too
  }
}

function parseYaml(text: string, file: string): SourceText {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: "silent" });
  const [error] = document.errors;
  if (error) {
    const { line, col } = lines.linePos(error.pos[0]);
    throw new ContractError(`${file}:${line}:${col} isn't valid YAML or JSON: ${error.message}.`);
  }
  return { value: toValue(document, file), line: (pointer) => lineInYaml(document.contents, pointer, lines) };
}

function toValue(document: ReturnType<typeof parseDocument>, file: string): unknown {
  try {
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
