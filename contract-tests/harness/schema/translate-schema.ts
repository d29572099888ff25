import { isObject, type JsonObject, listOr } from "../contract/json-object.ts";
import { joinPointer } from "../contract/json-pointer.ts";
import { listOfSchemas, mapOfSchemas, oneSchema } from "../contract/schema-keywords.ts";
import { exactly, isExactKeyword, needsExact } from "./exact-keywords.ts";
import { linearPattern } from "./linear-pattern.ts";
import { UnreadablePatternError } from "./pattern-program.ts";
import { noSurroundings, type Surroundings } from "./surroundings.ts";

/** Requests leave out readOnly properties, responses writeOnly ones (OpenAPI 3.1, section 4.8.24.4). */
export type Direction = "request" | "response";

export interface Translation {
  /** URI of the schema that `reference`, standing at `pointer`, leads to; undefined when it can't be followed. */
  readonly reference: (
    keyword: "$ref" | "$dynamicRef",
    reference: string,
    pointer: string,
    here: Surroundings,
  ) => string | undefined;
  /** What needn't be there by the schema at `pointer`, and by those around it that judge the same value. */
  readonly surroundings: (pointer: string, inherited: Surroundings) => Surroundings;
  /** Whether values with large integers are judged. */
  readonly exact: boolean;
  /** Whether the schema at `pointer` has a discriminator that a value could break. */
  readonly hasDiscriminator: (pointer: string) => boolean;
  /** Whether a part of the schema at `pointer`, or of what it refers to, isn't judged. */
  readonly isLoose: (pointer: string) => boolean;
  /** Why the schema at `pointer` can judge no value; undefined where it can. */
  readonly whyEndless: (pointer: string) => string | undefined;
  /** Remembers where a translated schema came from, and what schemas around it excuse. */
  readonly remember: (translated: object, pointer: string, inherited: Surroundings) => void;
  readonly unsupported: (pointer: string, reason: string) => void;
}

const schemaFields: ReadonlySet<string> = new Set(oneSchema);
const schemaLists: ReadonlySet<string> = new Set([...listOfSchemas, "items"]);
const schemaMaps: ReadonlySet<string> = new Set(mapOfSchemas);
/** Taken care of by the resources, or saying nothing about validity. */
const dropped = new Set([
  "$id",
  "$anchor",
  "$dynamicAnchor",
  "$schema",
  "$comment",
  "$vocabulary",
  "discriminator",
  "xml",
  "externalDocs",
  "example",
  "examples",
  "default",
  "nullable", // no keyword of 3.1, but Ajv takes it for one
]);
/** Keywords whose schemas judge the same value as the one that they stand in; `if` and `not` only ask. */
const sameValue = new Set(["allOf", "anyOf", "oneOf", "then", "else", "dependentSchemas"]);

/** A Schema Object in the form that the oracle compiles: JSON Schema 2020-12, references made absolute. */
export function translateSchema(
  schema: unknown,
  pointer: string,
  to: Translation,
  inherited: Surroundings = noSurroundings,
): JsonObject | boolean {
  if (typeof schema === "boolean") return schema;
  if (!isObject(schema)) return {};
  const reason = to.whyEndless(pointer);
  if (reason !== undefined) {
    to.unsupported(pointer, reason);
    return true;
  }
  const translated: Record<string, unknown> = {};
  const here = to.surroundings(pointer, inherited);
  for (const [key, value] of Object.entries(schema)) {
    if (dropped.has(key)) continue;
    const at = joinPointer(pointer, key);
    const within = sameValue.has(key) ? here : noSurroundings;
    if (key === "$ref" || key === "$dynamicRef") {
      Object.assign(translated, typeof value === "string" ? refTo(key, value, pointer, to, here) : {});
    } else if (schemaLists.has(key) && Array.isArray(value)) {
      translated[key] = value.map((item, index) => translateSchema(item, joinPointer(at, index), to, within));
    } else if (schemaFields.has(key)) translated[key] = translateSchema(value, at, to, within);
    else if (schemaMaps.has(key) && isObject(value)) {
      translated[key] = Object.fromEntries(
        Object.entries(value).map(([name, item]) => [
          name,
          translateSchema(item, joinPointer(at, name), to, within),
        ]),
      );
    } else if (isExactKeyword(key) && (to.exact || needsExact(key, value))) {
      translated[exactly(key)] = value;
      if (key === "format") translated[key] = value;
    } else translated[key] = value;
  }
  const dialect = schema["$schema"];
  if (typeof dialect === "string" && !isKnownDialect(dialect))
    to.unsupported(pointer, `the dialect ${dialect} is unknown: the schema is read as JSON Schema 2020-12`);
  leaveOutLoose(translated, pointer, to);
  leaveOutPatterns(translated, (key, reason) => to.unsupported(joinPointer(pointer, ...key), reason));
  readProtoByPattern(translated);
  excuse(translated, here);
  if (schema["discriminator"] !== undefined && to.hasDiscriminator(pointer))
    translated[discriminatorKeyword] = here.children.map((child) => child.pointer);
  to.remember(translated, pointer, inherited);
  return translated;
}

function isKnownDialect(uri: string): boolean {
  return /^https:\/\/(json-schema\.org\/draft\/2020-12\/schema|spec\.openapis\.org\/oas\/3\.1\/dialect\/.+)#?$/.test(
    uri,
  );
}

/** Takes out the patterns that can't be judged, and with them what is said of names that they leave over. */
function leaveOutPatterns(
  translated: Record<string, unknown>,
  tell: (key: readonly string[], reason: string) => void,
): void {
  const { pattern, patternProperties } = translated;
  const inTheWay = (source: string): string | undefined => {
    const read = isPattern(source) ? linearPattern(source) : undefined;
    return read instanceof UnreadablePatternError
      ? `the pattern isn't checked: ${read.message}, which may take unlimited time`
      : undefined;
  };
  const reason = typeof pattern === "string" ? inTheWay(pattern) : undefined;
  if (reason !== undefined) {
    delete translated["pattern"];
    tell(["pattern"], reason);
  }
  if (!isObject(patternProperties)) return;
  const judged = Object.entries(patternProperties).filter(([source]) => {
    const told = inTheWay(source);
    if (told !== undefined) tell(["patternProperties", source], told);
    return told === undefined;
  });
  if (judged.length === Object.keys(patternProperties).length) return;
  translated["patternProperties"] = Object.fromEntries(judged);
  for (const rest of ["additionalProperties", "unevaluatedProperties"]) delete translated[rest];
}

/**
 * Takes out what would turn round or count something that isn't judged in full: it would blame values by what is left of it.
 * Of `oneOf` it stays that one branch matches.
 */
function leaveOutLoose(translated: Record<string, unknown>, pointer: string, to: Translation): void {
  const isLoose = (...steps: readonly (string | number)[]) => to.isLoose(joinPointer(pointer, ...steps));
  const branches = (keyword: string) =>
    [...listOr(translated[keyword]).keys()].map((at) => [keyword, at] as const);
  const leaveOut = (keyword: string, ...others: readonly string[]) => {
    for (const key of [keyword, ...others]) delete translated[key];
    to.unsupported(
      joinPointer(pointer, keyword),
      `${keyword} isn't judged, since part of what it depends on isn't`,
    );
  };
  if (translated["not"] !== undefined && isLoose("not")) leaveOut("not");
  if (translated["if"] !== undefined && isLoose("if")) leaveOut("if", "then", "else");
  if (translated["maxContains"] !== undefined && isLoose("contains")) leaveOut("maxContains");
  const { oneOf } = translated;
  if (oneOf !== undefined && branches("oneOf").some((steps) => isLoose(...steps))) {
    leaveOut("oneOf");
    translated["allOf"] = [...listOr(translated["allOf"]), { anyOf: oneOf }];
  }
  for (const rest of ["unevaluatedProperties", "unevaluatedItems"])
    if (translated[rest] !== undefined && to.isLoose(pointer)) leaveOut(rest);
}

/** What is no pattern is the compiler's to refuse. */
function isPattern(source: string): boolean {
  try {
    linearPattern(source);
    return true;
  } catch {
    return false;
  }
}

/** Ajv passes a property called `__proto__` over, but not a pattern that matches it alone. */
function readProtoByPattern(translated: Record<string, unknown>): void {
  const properties = translated["properties"];
  if (!isObject(properties) || !Object.hasOwn(properties, "__proto__")) return;
  const { ["__proto__"]: schema, ...others } = properties;
  const patterns = isObject(translated["patternProperties"]) ? translated["patternProperties"] : {};
  translated["properties"] = others;
  translated["patternProperties"] = { ...patterns, "^__proto__$": schema };
}

function refTo(
  keyword: "$ref" | "$dynamicRef",
  reference: string,
  pointer: string,
  to: Translation,
  here: Surroundings,
): JsonObject {
  const uri = to.reference(keyword, reference, pointer, here);
  if (uri !== undefined) return { $ref: uri };
  to.unsupported(
    pointer,
    keyword === "$ref"
      ? `the reference ${reference} leaves the document: any value is accepted there`
      : `the $dynamicRef ${reference} depends on the schemas that refer to it: any value is accepted there`,
  );
  return {};
}

/** Takes out of `required` what needn't be there, and leaves what depends on a branch to the keyword of our own. */
function excuse(translated: Record<string, unknown>, { always, given }: Surroundings): void {
  if (always.length + given.length === 0) return;
  const { required, dependentRequired } = translated;
  const left = (names: unknown) =>
    Array.isArray(names) ? names.filter((name) => !always.includes(name)) : names;
  if (isObject(dependentRequired))
    translated["dependentRequired"] = Object.fromEntries(
      Object.entries(dependentRequired).map(([name, needed]) => [name, left(needed)]),
    );
  if (!Array.isArray(required)) return;
  const conditional = given.filter(([name]) => required.includes(name) && !always.includes(name));
  translated["required"] = listOr(left(required)).filter((name) =>
    conditional.every(([one]) => one !== name),
  );
  if (conditional.length > 0) translated[requiredUnless] = conditional;
}

/** Keyword of our own: the value is one that the discriminator maps, and valid against what it stands for; or that is listed here. */
export const discriminatorKeyword = "x-discriminated";

/** Keyword of our own: names that are required unless the conditions beside one of them hold. */
export const requiredUnless = "x-required-unless";
