import { isDeepStrictEqual } from "node:util";
import { fromPointer, isObject, type JsonObject, valueAt } from "../json.ts";

/** Deeper than this nobody needs to look: what isn't told apart by then counts as overlapping. */
const maximumDepth = 6;

/**
 * Whether no value can keep both schemas, as far as their types, constants, and required properties prove it. When
 * in doubt the answer is no.
 */
export function excludeEachOther(one: unknown, other: unknown, document: JsonObject, depth = 0): boolean {
  if (depth > maximumDepth) return false;
  if (one === false || other === false) return true;
  const [a, b] = [resolved(one, document), resolved(other, document)];
  if (a === undefined || b === undefined) return false;
  const apart = (x: unknown, y: unknown): boolean => excludeEachOther(x, y, document, depth + 1);
  return (
    isDisjoint(typesOf(a), typesOf(b)) ||
    constantsApart(a, b) ||
    partsApart(a, b, apart) ||
    partsApart(b, a, apart) ||
    propertiesApart(a, b, apart)
  );
}

function resolved(schema: unknown, document: JsonObject): JsonObject | undefined {
  let current = schema;
  for (let hops = 0; isObject(current) && typeof current["$ref"] === "string"; hops += 1) {
    if (hops > maximumDepth) return undefined;
    current = valueAt(document, fromPointer(current["$ref"]));
  }
  return isObject(current) ? current : undefined;
}

/** The JSON types that a schema allows; undefined when it says nothing about them. An integer is a number too. */
function typesOf(schema: JsonObject): ReadonlySet<string> | undefined {
  const constants = constantsOf(schema);
  if (constants !== undefined) return new Set(constants.map(jsonType));
  const type = schema["type"];
  const types = typeof type === "string" ? [type] : Array.isArray(type) ? type.map(String) : undefined;
  return types && new Set(types.map((name) => (name === "integer" ? "number" : name)));
}

function jsonType(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}

function isDisjoint(a: ReadonlySet<string> | undefined, b: ReadonlySet<string> | undefined): boolean {
  return a !== undefined && b !== undefined && [...a].every((type) => !b.has(type));
}

function constantsOf(schema: JsonObject): readonly unknown[] | undefined {
  if (schema["const"] !== undefined) return [schema["const"]];
  return Array.isArray(schema["enum"]) ? schema["enum"] : undefined;
}

function constantsApart(a: JsonObject, b: JsonObject): boolean {
  const [one, other] = [constantsOf(a), constantsOf(b)];
  if (one === undefined || other === undefined) return false;
  return one.every((value) => !other.some((candidate) => isDeepStrictEqual(value, candidate)));
}

/** A union excludes what all its alternatives exclude; an intersection what one of its parts does. */
function partsApart(
  union: JsonObject,
  other: JsonObject,
  apart: (x: unknown, y: unknown) => boolean,
): boolean {
  for (const keyword of ["oneOf", "anyOf"]) {
    const alternatives = union[keyword];
    if (Array.isArray(alternatives) && alternatives.every((alternative) => apart(alternative, other)))
      return true;
  }
  const parts = union["allOf"];
  return Array.isArray(parts) && parts.some((part) => apart(part, other));
}

/** Two objects are told apart by a property that both require with values that exclude each other. */
function propertiesApart(a: JsonObject, b: JsonObject, apart: (x: unknown, y: unknown) => boolean): boolean {
  if (typesOf(a)?.has("object") !== true || typesOf(b)?.has("object") !== true) return false;
  const [one, other] = [a["properties"], b["properties"]];
  if (!isObject(one) || !isObject(other)) return false;
  return required(a).some((name) => required(b).includes(name) && apart(one[name], other[name]));
}

function required(schema: JsonObject): string[] {
  const names = schema["required"];
  return Array.isArray(names) ? names.map(String) : [];
}
