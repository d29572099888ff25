import { InputError } from "../cli/input-error.ts";
import { isObject, type Json, type JsonObject, textAt, valueAt } from "./json.ts";
import { constantName, typeName } from "./names.ts";
import { type Operation, operations } from "./operation-model.ts";

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

/**
 * The first server's address, its variables at their defaults (OpenAPI 3.1 §4.8.5); empty when the document has none.
 *
 * @throws InputError for an address that no request with a key may go to
 */
function firstServer(document: JsonObject): string {
  const servers = document["servers"];
  const first = Array.isArray(servers) ? servers[0] : undefined;
  if (!isObject(first) || typeof first["url"] !== "string") return "";
  const url = first["url"].replace(/\{([^{}]*)\}/g, (whole, name: string) => {
    const value = valueAt(first, ["variables", name, "default"]);
    return typeof value === "string" ? value : whole;
  });
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed || !/^https?:$/.test(parsed.protocol) || parsed.username !== "" || parsed.password !== "")
    throw new InputError(
      `servers: "${first["url"].replace(/\/\/[^/]*@/, "//…@")}" must be an absolute http: or https: address without user and password; correct it with an overlay.`,
    );
  return url.replace(/\/$/, "");
}

function components(document: JsonObject): Component[] {
  const schemas = valueAt(document, ["components", "schemas"]);
  const taken = new Map<string, string>();
  return Object.entries(isObject(schemas) ? schemas : {}).map(([key, schema]) => {
    const name = typeName(key);
    const other = taken.get(name);
    if (other !== undefined)
      throw new InputError(
        `the components "${other}" and "${key}" would both be called ${name} in TypeScript; rename one with an overlay.`,
      );
    taken.set(name, key);
    return { key, name, description: textAt(schema, "description"), constants: constants(key, schema) };
  });
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
        `the members "${other}" and "${member}" of the enum ${key} would both be called ${name} in TypeScript; rename one with an overlay.`,
      );
    named.set(name, member);
  }
  return named;
}
