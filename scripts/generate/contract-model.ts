import { InputError } from "../cli/input-error.ts";
import { fromPointer, isObject, type Json, type JsonObject, valueAt } from "./json.ts";
import { argumentName, constantName, typeName } from "./names.ts";
import { operationsOf } from "./operations-of.ts";

/** The repaired contract as the emitters need it: names settled, references followed one step. */
export interface ContractModel {
  readonly document: JsonObject;
  readonly server: string;
  readonly components: readonly Component[];
  readonly operations: readonly Operation[];
}

export interface Component {
  /** As it stands under components/schemas. */
  readonly key: string;
  /** The TypeScript name that is exported for it. */
  readonly name: string;
  readonly description: string | undefined;
  /** Constant name → value, for a schema that is a plain list of strings. */
  readonly constants: ReadonlyMap<string, string> | undefined;
}

export interface Operation {
  readonly id: string;
  readonly method: string;
  readonly template: string;
  readonly summary: string | undefined;
  readonly description: string | undefined;
  readonly parameters: readonly Parameter[];
  /** Media types of the request body, and whether it is required. */
  readonly body: { readonly mediaTypes: readonly string[]; readonly required: boolean } | undefined;
  readonly responses: readonly Response[];
}

export interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
  readonly description: string | undefined;
  /** True when its schema is a list of strings. */
  readonly isEnum: boolean;
}

export interface Response {
  readonly status: string;
  readonly isSuccess: boolean;
  /** Each media type with the path of its schema, when it has one. */
  readonly content: readonly {
    readonly mediaType: string;
    readonly schemaPath: readonly string[] | undefined;
  }[];
}

/**
 * Reads the model off a repaired, overlaid and linted document.
 *
 * @throws InputError when two components, enum members or path parameters would get the same TypeScript name
 */
export function contractModel(document: JsonObject): ContractModel {
  return {
    document,
    server: firstServer(document),
    components: components(document),
    operations: operations(document),
  };
}

/** A value with its `$ref` followed, for as long as it is one; cycles were refused before. */
export function resolve(document: JsonObject, value: Json | undefined): JsonObject {
  let current = value;
  while (isObject(current) && typeof current["$ref"] === "string")
    current = valueAt(document, fromPointer(current["$ref"]));
  return isObject(current) ? current : {};
}

function firstServer(document: JsonObject): string {
  const servers = document["servers"];
  const first = Array.isArray(servers) ? servers[0] : undefined;
  return isObject(first) && typeof first["url"] === "string" ? first["url"].replace(/\/$/, "") : "";
}

function components(document: JsonObject): Component[] {
  const schemas = valueAt(document, ["components", "schemas"]);
  const taken = new Map<string, string>();
  return Object.entries(isObject(schemas) ? schemas : {}).map(([key, schema]) => {
    const name = typeName(key);
    const other = taken.get(name);
    if (other !== undefined)
      throw new InputError(
        `the components "${other}" and "${key}" would both be called ${name} in TypeScript; rename one by an overlay.`,
      );
    taken.set(name, key);
    return { key, name, description: text(schema, "description"), constants: constants(key, schema) };
  });
}

function isStringEnum(schema: JsonObject): boolean {
  const members = schema["enum"];
  return Array.isArray(members) && members.every((member) => typeof member === "string");
}

function constants(key: string, schema: Json): Map<string, string> | undefined {
  const members = isObject(schema) ? schema["enum"] : undefined;
  if (!Array.isArray(members) || !members.every((member) => typeof member === "string")) return undefined;
  const named = new Map<string, string>();
  for (const member of members) {
    const name = constantName(member);
    const other = named.get(name);
    if (other !== undefined)
      throw new InputError(
        `the members "${other}" and "${member}" of the enum ${key} would both be called ${name} in TypeScript; rename one by an overlay.`,
      );
    named.set(name, member);
  }
  return named;
}

function operations(document: JsonObject): Operation[] {
  return operationsOf(document).map(({ operation, template, method, path }) => {
    const item = valueAt(document, path.slice(0, -1));
    const operationId = operation["operationId"];
    const id = typeof operationId === "string" ? operationId : `${method}.${template}`;
    const taken = parameters(document, [isObject(item) ? item["parameters"] : [], operation["parameters"]]);
    refuseEqualArguments(id, taken);
    return {
      id,
      method: method.toUpperCase(),
      template,
      summary: text(operation, "summary"),
      description: text(operation, "description"),
      parameters: taken,
      body: body(document, operation["requestBody"]),
      responses: responses(document, operation["responses"], [...path.map(String), "responses"]),
    };
  });
}

/** Path-level parameters first; an operation's own of the same name and place replaces them (OpenAPI 3.1 §4.8.9). */
function parameters(document: JsonObject, lists: readonly (Json | undefined)[]): Parameter[] {
  const byPlace = new Map<string, Parameter>();
  for (const entry of lists.flatMap((list) => (Array.isArray(list) ? list : []))) {
    const parameter = resolve(document, entry);
    const { name, in: place, required } = parameter;
    if (typeof name !== "string" || typeof place !== "string") continue;
    byPlace.set(`${place} ${name}`, {
      name,
      in: place,
      required: required === true,
      description: text(parameter, "description"),
      isEnum: isStringEnum(resolve(document, parameter["schema"])),
    });
  }
  return [...byPlace.values()];
}

/** A path's parameters are the arguments of the generated method, one after the other. */
function refuseEqualArguments(operation: string, parameters: readonly Parameter[]): void {
  const named = new Map<string, string>();
  for (const { name } of parameters.filter(({ in: place }) => place === "path")) {
    const other = named.get(argumentName(name));
    if (other !== undefined)
      throw new InputError(
        `the path parameters "${other}" and "${name}" of ${operation} would both be called ${argumentName(name)} in TypeScript; rename one by an overlay.`,
      );
    named.set(argumentName(name), name);
  }
}

function body(document: JsonObject, value: Json | undefined): Operation["body"] {
  if (value === undefined) return undefined;
  const { content, required } = resolve(document, value);
  return { mediaTypes: isObject(content) ? Object.keys(content) : [], required: required === true };
}

function responses(document: JsonObject, value: Json | undefined, path: readonly string[]): Response[] {
  return Object.entries(isObject(value) ? value : {}).map(([status, entry]) => {
    const { content } = resolve(document, entry);
    const reference =
      isObject(entry) && typeof entry["$ref"] === "string" ? fromPointer(entry["$ref"]) : undefined;
    const at = reference ?? [...path, status];
    return {
      status,
      isSuccess: /^2(\d\d|XX)$/i.test(status),
      content: Object.entries(isObject(content) ? content : {}).map(([mediaType, media]) => ({
        mediaType,
        schemaPath:
          isObject(media) && media["schema"] !== undefined
            ? [...at, "content", mediaType, "schema"]
            : undefined,
      })),
    };
  });
}

function text(value: Json, key: string): string | undefined {
  const member = isObject(value) ? value[key] : undefined;
  return typeof member === "string" && member.trim() !== "" ? member.trim() : undefined;
}
