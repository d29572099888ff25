import type { Operation, Parameter } from "../contract/contract.ts";
import { editedAt } from "../contract/edit-document.ts";
import { isObject, type JsonObject, listOr, objectOr } from "../contract/json-object.ts";
import { joinPointer, valueAt } from "../contract/json-pointer.ts";
import type { Handler } from "../provider/handler.ts";
import { isJsonMediaType } from "../provider/read-body.ts";
import { dereferenced } from "../provider/value-judge.ts";
import type { Mutant } from "./mutant.ts";

/** Where a rule about requests is found, and what the wire does to values there. */
interface Owner {
  /** `query page`, `body`. */
  readonly name: string;
  /** Text alone: every value reaches the server as a string. */
  readonly isText: boolean;
  readonly parameter: Parameter | undefined;
  /** A form can't tell an empty list from none. */
  readonly isForm: boolean;
}

/** One rule changed. */
interface Change {
  readonly keyword: string;
  readonly what: string;
  /** `undefined` takes the rule away. */
  readonly to: unknown;
  readonly equivalent?: string | undefined;
}

/**
 * Servers that enforce every rule about the operation's requests but one, or one more than is documented. `enforcing`
 * makes a server that judges requests by another document than its answers keep.
 */
export function requestMutants(
  document: JsonObject,
  operation: Operation,
  enforcing: (enforced: JsonObject) => Handler,
): readonly Mutant[] {
  const mutants: Mutant[] = [...securityMutants(document, operation, enforcing)];
  const add = (owner: Owner, pointer: string, change: Change, caughtBy: readonly string[]) => {
    const at = joinPointer(pointer, change.keyword);
    mutants.push({
      id: `${operation.id} › ${owner.name} ${change.what} (${at})`,
      operation: operation.id,
      side: "request",
      keyword: change.keyword,
      pointer: at,
      caughtBy,
      ...(change.equivalent !== undefined && { equivalent: change.equivalent }),
      handler: () => enforcing(editedAt(document, at, change.to)),
    });
  };

  for (const parameter of operation.parameters) {
    const owner: Owner = {
      name: `${parameter.in} ${parameter.name}`,
      isText: parameter.mediaType === undefined,
      parameter,
      isForm: false,
    };
    const missing = parameter.in === "header" ? "missing-required-header" : "negative-data-rejection";
    if (parameter.required && parameter.in !== "path") {
      add(owner, parameter.pointer, { keyword: "required", what: "not required", to: false }, [missing]);
    } else if (!parameter.required) {
      add(owner, parameter.pointer, { keyword: "required", what: "required though optional", to: true }, [
        "positive-data-acceptance",
      ]);
    }
    if (parameter.schema !== undefined) addSchemaMutants(document, owner, parameter.schema, add);
  }
  const body = operation.requestBody;
  if (body) {
    const owner: Owner = { name: "body", isText: false, parameter: undefined, isForm: false };
    add(
      owner,
      body.pointer,
      {
        keyword: "required",
        what: body.required ? "not required" : "required though optional",
        to: !body.required,
      },
      [body.required ? "negative-data-rejection" : "positive-data-acceptance"],
    );
    for (const content of body.contents) {
      const isForm = !isJsonMediaType(content.name);
      if (content.schema !== undefined)
        addSchemaMutants(document, { ...owner, isText: isForm, isForm }, content.schema, add);
    }
  }
  return mutants;
}

function securityMutants(
  document: JsonObject,
  operation: Operation,
  enforcing: (enforced: JsonObject) => Handler,
): readonly Mutant[] {
  const needsCredential =
    operation.security.length > 0 && operation.security.every((names) => names.length > 0);
  if (!needsCredential) return [];
  const pointer = joinPointer(operation.pointer, "security");
  return [
    {
      id: `${operation.id} › credential not required (${pointer})`,
      operation: operation.id,
      side: "request",
      keyword: "security",
      pointer,
      caughtBy: ["ignored-auth"],
      handler: () => enforcing(editedAt(document, pointer, [])),
    },
  ];
}

type Add = (owner: Owner, pointer: string, change: Change, caughtBy: readonly string[]) => void;

function addSchemaMutants(document: JsonObject, owner: Owner, pointer: string, add: Add): void {
  for (const at of schemaPointers(document, pointer)) {
    const schema = valueAt(document, at.pointer);
    if (!isObject(schema)) continue;
    const here = { ...owner, name: at.path === "" ? owner.name : `${owner.name} ${at.path}` };
    for (const change of loosened(document, schema, here, at.siblingTypes))
      add(here, at.pointer, change, ["negative-data-rejection"]);
    for (const change of tightened(document, schema, here))
      add(here, at.pointer, change, ["positive-data-acceptance"]);
  }
}

interface RequestSchema {
  readonly pointer: string;
  /** What of the request it speaks of: `/authors/*`. */
  readonly path: string;
  /** `type` of the schemas that stand beside it in an `allOf`. */
  readonly siblingTypes: readonly unknown[];
}

/** Every schema that a request's value is judged by; each once. */
function schemaPointers(document: JsonObject, root: string): readonly RequestSchema[] {
  const found = new Map<string, RequestSchema>();
  const visit = (pointer: string, path: string, siblingTypes: readonly unknown[] = []): void => {
    const schema = valueAt(document, pointer);
    if (!isObject(schema) || found.has(pointer) || schema["readOnly"] === true) return;
    found.set(pointer, { pointer, path, siblingTypes });
    if (typeof schema["$ref"] === "string") {
      visit(decodeURIComponent(schema["$ref"].slice(1)), path, siblingTypes);
    }
    const types = listOr(schema["allOf"]).map((branch) => objectOr(dereferenced(document, branch))["type"]);
    for (const index of types.keys()) {
      visit(joinPointer(pointer, "allOf", index), path, types.toSpliced(index, 1));
    }
    for (const list of ["oneOf", "anyOf"]) {
      for (const index of listOr(schema[list]).keys()) visit(joinPointer(pointer, list, index), path);
    }
    for (const name of Object.keys(objectOr(schema["properties"]))) {
      visit(joinPointer(pointer, "properties", name), `${path}/${name}`);
    }
    for (const index of listOr(schema["prefixItems"]).keys()) {
      visit(joinPointer(pointer, "prefixItems", index), `${path}/${index}`);
    }
    visit(joinPointer(pointer, "items"), `${path}/*`);
    visit(joinPointer(pointer, "additionalProperties"), `${path}/*`);
  };
  visit(root, "");
  return [...found.values()];
}

/** Rules that are dropped, or widened by the least step. */
function loosened(
  document: JsonObject,
  schema: JsonObject,
  owner: Owner,
  siblingTypes: readonly unknown[],
): readonly Change[] {
  const changes: Change[] = [];
  const widen = (keyword: string, sign: number) => {
    const bound = schema[keyword];
    if (typeof bound !== "number") return;
    const by = sign * stepOf(schema, keyword);
    changes.push({
      keyword,
      what: `${keyword} ${bound} taken for ${bound + by}`,
      to: bound + by,
      equivalent: unreachableBound(keyword, bound + by, owner),
    });
  };
  const drop = (keyword: string, equivalent?: string) => {
    if (schema[keyword] !== undefined && schema[keyword] !== false)
      changes.push({ keyword, what: `${keyword} not enforced`, to: undefined, equivalent });
  };
  widen("minimum", -1);
  widen("maximum", 1);
  widen("minLength", -1);
  widen("maxLength", 1);
  widen("minItems", -1);
  widen("maxItems", 1);
  widen("minProperties", -1);
  widen("maxProperties", 1);
  for (const [exclusive, inclusive] of [
    ["exclusiveMinimum", "minimum"],
    ["exclusiveMaximum", "maximum"],
  ] as const) {
    const bound = schema[exclusive];
    if (typeof bound === "number")
      changes.push({
        keyword: exclusive,
        what: `${exclusive} ${bound} taken for ${inclusive}`,
        to: inclusive === "minimum" ? bound - 0.01 : bound + 0.01,
      });
  }
  drop(
    "type",
    siblingTypes.includes(schema["type"])
      ? "another branch of the same allOf requires the same type"
      : impliedType(schema, owner),
  );
  drop("enum");
  drop("const");
  drop("pattern");
  drop("format", unknownFormat(schema));
  drop("multipleOf");
  drop("uniqueItems");
  drop("dependentRequired");
  drop("propertyNames");
  if (Array.isArray(schema["enum"]) && schema["enum"].every((member) => typeof member === "string")) {
    const members: readonly string[] = schema["enum"];
    changes.push({
      keyword: "enum",
      what: "enum taken in any case",
      to: [...members, ...members.map(otherCase)],
    });
  }
  for (const keyword of ["additionalProperties", "unevaluatedProperties"]) {
    if (schema[keyword] === false) {
      changes.push({ keyword, what: `${keyword} false not enforced`, to: true });
    }
  }
  const properties = isObject(schema["properties"]) ? schema["properties"] : {};
  const required = listOr(schema["required"]);
  for (const name of required) {
    const property = dereferenced(document, properties[String(name)]);
    if (isObject(property) && property["readOnly"] === true) continue;
    changes.push({
      keyword: "required",
      what: `${String(name)} not required`,
      to: required.filter((other) => other !== name),
    });
  }
  return changes;
}

/** Rules narrowed by the least step, or one more than is documented. */
function tightened(document: JsonObject, schema: JsonObject, owner: Owner): readonly Change[] {
  const changes: Change[] = [];
  const narrow = (keyword: string, sign: number) => {
    const bound = schema[keyword];
    const by = sign * stepOf(schema, keyword);
    if (typeof bound === "number")
      changes.push({ keyword, what: `${keyword} ${bound} taken for ${bound + by}`, to: bound + by });
  };
  narrow("minimum", 1);
  narrow("maximum", -1);
  narrow("minLength", 1);
  narrow("maxLength", -1);
  narrow("minItems", 1);
  narrow("maxItems", -1);
  for (const member of listOr(schema["enum"])) {
    changes.push({
      keyword: "enum",
      what: `${JSON.stringify(member)} refused`,
      to: listOr(schema["enum"]).filter((other) => other !== member),
    });
  }
  if (Array.isArray(schema["type"]) && schema["type"].includes("null") && !owner.isText) {
    changes.push({
      keyword: "type",
      what: "null refused",
      to: schema["type"].filter((type) => type !== "null"),
    });
  }
  for (const keyword of ["oneOf", "anyOf"]) {
    const branches = listOr(schema[keyword]);
    for (const [index] of branches.entries()) {
      if (branches.length > 1)
        changes.push({
          keyword,
          what: `branch ${index} refused`,
          to: branches.filter((_, other) => other !== index),
        });
    }
  }
  const properties = isObject(schema["properties"]) ? schema["properties"] : {};
  const required = listOr(schema["required"]);
  for (const [name, property] of Object.entries(properties)) {
    const at = dereferenced(document, property);
    if (required.includes(name) || (isObject(at) && at["readOnly"] === true)) continue;
    changes.push({ keyword: "required", what: `${name} required though optional`, to: [...required, name] });
  }
  return changes;
}

/** Between two multiples there is no value by which a bound could be told from its neighbour. */
function stepOf({ multipleOf }: JsonObject, keyword: string): number {
  return typeof multipleOf === "number" && (keyword === "minimum" || keyword === "maximum") ? multipleOf : 1;
}

function otherCase(text: string): string {
  return text === text.toUpperCase() ? text.toLowerCase() : text.toUpperCase();
}

function impliedType(schema: JsonObject, owner: Owner): string | undefined {
  if (schema["enum"] !== undefined || schema["const"] !== undefined)
    return "enum or const already excludes values of other types";
  const types = [schema["type"]].flat();
  if (owner.isText && types.includes("string")) return "on the wire every value here is a string";
  if (owner.isText && types.includes("array")) return "on the wire every value here reads as a list";
  if (owner.isText && types.includes("object")) return "on the wire every value here reads as an object";
  return undefined;
}

function unknownFormat({ format }: JsonObject): string | undefined {
  const judged = [
    "date",
    "date-time",
    "time",
    "duration",
    "email",
    "hostname",
    "ipv4",
    "ipv6",
    "uri",
    "uri-reference",
    "uuid",
    "json-pointer",
    "regex",
    "byte",
    "int32",
    "int64",
  ];
  return judged.includes(String(format)) ? undefined : "the format is an annotation that no value violates";
}

function unreachableBound(keyword: string, bound: number, { parameter, isForm }: Owner): string | undefined {
  if (bound < 0 && keyword !== "minimum" && keyword !== "maximum") return "nothing is shorter than empty";
  if (bound !== 0 || (keyword !== "minItems" && keyword !== "minLength" && keyword !== "minProperties"))
    return undefined;
  if (parameter?.in === "path") return "an empty path segment is another path";
  if (keyword === "minItems" && (parameter || isForm))
    return "on the wire an empty list is absent, or contains one empty text";
  if (keyword === "minProperties" && (parameter || isForm)) return "on the wire an empty object is absent";
  return undefined;
}
