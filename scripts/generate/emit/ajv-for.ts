import { _, type KeywordCxt } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import { isObject, type JsonObject, walk } from "../json.ts";
import { addFormats, formatsCode } from "./value-formats.ts";

/** OpenAPI's own schema keywords (3.1 §4.8.24) and annotations, which assert nothing. */
const annotations = ["discriminator", "xml", "externalDocs", "example"];

/**
 * Ajv for the schemas of a document, its known faults mended: `multipleOf` of decimals as people write them, and members
 * that are called as every object's own are (`constructor`), which cost code and are looked for only where they are named.
 */
export function ajvFor(document: JsonObject): Ajv2020 {
  const ajv = new Ajv2020({
    code: { source: true, esm: true, lines: true, formats: formatsCode },
    messages: false,
    strict: true,
    strictSchema: false,
    logger: false,
    strictTypes: false,
    strictTuples: false,
    strictRequired: false,
    unicodeRegExp: true,
    ownProperties: namesInherited(document),
  });
  addFormats(ajv, document);
  ajv.removeKeyword("multipleOf");
  ajv.addKeyword({ keyword: "multipleOf", type: "number", schemaType: "number", code: multipleOf });
  // References are resolved through the whole document, so its top-level fields are told to Ajv as annotations too.
  ajv.addVocabulary([...new Set([...annotations, ...Object.keys(document), ...extensionKeywords(document)])]);
  return ajv;
}

/**
 * JSON Schema 2020-12 Validation §6.2.1 in the arithmetic of decimals: 19.99 is a multiple of 0.01, though its quotient in
 * binary is 1998.9999999999998. A quotient counts as whole within its own rounding, and exactly where `%` says so.
 */
function multipleOf(context: KeywordCxt): void {
  const { data, schema } = context;
  const quotient = _`${data} / ${schema}`;
  context.fail(
    _`${data} % ${schema} !== 0 && !(Math.abs(${quotient} - Math.round(${quotient})) <= Math.abs(${quotient}) * 1e-15)`,
  );
}

function namesInherited(document: JsonObject): boolean {
  let isFound = false;
  const isInherited = (name: unknown): boolean => typeof name === "string" && name in Object.prototype;
  walk(document, (value) => {
    if (!isObject(value)) return;
    const { properties, required } = value;
    const names = [...Object.keys(isObject(properties) ? properties : {}), ...[required].flat()];
    isFound ||= names.some(isInherited);
  });
  return isFound;
}

function extensionKeywords(document: JsonObject): string[] {
  return [...new Set(JSON.stringify(document).match(/(?<=")x-[\w-]+(?=":)/g))];
}
