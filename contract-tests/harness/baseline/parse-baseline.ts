import { readFileSync } from "node:fs";
import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { type Document, isNode, LineCounter, parseDocument } from "yaml";
import { type BaselineEntry, BaselineError } from "./baseline.ts";

interface BaselineFile {
  readonly findings: readonly BaselineEntry[];
}

let validator: ValidateFunction<BaselineFile> | undefined;

function validate(): ValidateFunction<BaselineFile> {
  if (validator === undefined) {
    const schema = JSON.parse(readFileSync(new URL("./baseline.schema.json", import.meta.url), "utf8"));
    const ajv = new Ajv2020();
    addFormats.default(ajv);
    validator = ajv.compile<BaselineFile>(schema);
  }
  return validator;
}

/**
 * Reads a baseline in YAML or JSON; see `baseline.schema.json` for its shape. An empty file is an empty baseline.
 *
 * @param text the file's text
 * @param file the file's name, for messages
 * @throws {BaselineError} naming file, line and column of the first fault
 */
export function parseBaseline(text: string, file: string): readonly BaselineEntry[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${line}:${col}`;
  };
  const [fault] = document.errors;
  if (fault !== undefined)
    throw new BaselineError(`${at(fault.pos[0])}: not YAML: ${firstLine(fault.message)}`);
  const content: unknown = document.toJS({ maxAliasCount: 0 });
  if (content === null) return [];
  const check = validate();
  if (!check(content)) {
    const error = check.errors?.[0];
    throw new BaselineError(`${at(offsetOf(document, pathOf(error)))}: ${sentence(error)}`);
  }
  const seen = new Set<string>();
  for (const [index, entry] of content.findings.entries()) {
    if (seen.has(entry.id)) {
      throw new BaselineError(
        `${at(offsetOf(document, ["findings", index, "id"]))}: ${entry.id} is listed twice: keep one entry`,
      );
    }
    seen.add(entry.id);
  }
  return content.findings;
}

function firstLine(text: string): string {
  return text.split("\n")[0] ?? text;
}

type Path = readonly (string | number)[];

function pathOf(error: ErrorObject | undefined): Path {
  const steps = (error?.instancePath ?? "").split("/").slice(1);
  const path = steps.map((step) => (/^\d+$/.test(step) ? Number(step) : step));
  const extra: unknown = error?.params["additionalProperty"];
  return typeof extra === "string" ? [...path, extra] : path;
}

/** Where a value begins in the text, or its nearest parent if it has no place of its own. */
function offsetOf(document: Document, path: Path): number {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}

function sentence(error: ErrorObject | undefined): string {
  const path = pathOf(error);
  const name = path.at(-1);
  const entry = typeof path[1] === "number" ? `entry ${path[1] + 1}` : "a baseline";
  switch (error?.keyword) {
    case "required":
      return `${entry} lacks ${String(error.params["missingProperty"])}: each entry has an id, a reason and an expiry date`;
    case "additionalProperties":
      return `${entry} has the unknown key ${String(name)}: use id, reason, expires, operation, check and intermittent`;
    case "format":
      return `${String(name)} must be an existing date, as YYYY-MM-DD`;
    case "pattern":
    case "minLength":
      return `${String(name)} must not be empty`;
    default:
      return path.length === 0
        ? "a baseline is a list under the name findings"
        : `${String(name)} ${error?.message ?? "is wrong"}`;
  }
}
