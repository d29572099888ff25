import { isObject, type JsonObject, type Path, valueAt } from "../generate/json.ts";
import { operationsOf } from "../generate/operations-of.ts";
import type { RatedChange } from "./change.ts";

/** A name by which our code may speak of a part of the contract. */
export interface ContractName {
  readonly kind: "operation" | "property" | "value" | "type" | "parameter" | "path";
  readonly text: string;
  /** For a value: the enum's name, whose generated constant may be written instead. */
  readonly of?: string;
}

/**
 * The names that code written against the base may use for what a change touches. What is new has none: nobody can
 * use it yet.
 */
export function namesOf(change: RatedChange, base: JsonObject): ContractName[] {
  const path = change.base;
  if (path === undefined) return [];
  return unique(namesAt(path.map(String), change, base));
}

function namesAt(path: readonly string[], change: RatedChange, base: JsonObject): ContractName[] {
  const last = path.at(-1);
  if (last === "operationId") return [{ kind: "operation", text: String(change.before) }];
  if (last === "enum") {
    const after = Array.isArray(change.after) ? change.after : [];
    const enumName = path[0] === "components" ? path[2] : undefined;
    const gone = (Array.isArray(change.before) ? change.before : []).filter(
      (value) => !after.includes(value),
    );
    const values = gone.map(
      (value): ContractName => ({
        kind: "value",
        text: String(value),
        ...(enumName !== undefined && { of: enumName }),
      }),
    );
    return values.length > 0 ? values : typeName(enumName);
  }
  if (last === "required" && Array.isArray(change.before)) {
    const [before, after] = [change.before, Array.isArray(change.after) ? change.after : []];
    const documented = valueAt(base, [...path.slice(0, -1), "properties"]);
    return [
      ...before.filter((name) => !after.includes(name)),
      ...after.filter((name) => !before.includes(name)),
    ]
      .filter((name) => isObject(documented) && Object.hasOwn(documented, String(name)))
      .map((name) => ({ kind: "property", text: String(name) }));
  }
  const property = memberAfter(path, "properties");
  if (property !== undefined) return [{ kind: "property", text: property }];
  const header = memberAfter(path, "headers");
  if (header !== undefined) return [{ kind: "parameter", text: header }];
  if (path.includes("headers") && isObject(change.before))
    return Object.keys(change.before).map((name) => ({ kind: "parameter", text: name }));
  if (path[0] === "components") return typeName(path[2]);
  if (path[0] === "servers")
    return typeof change.before === "string" ? [{ kind: "value", text: change.before }] : [];
  if (path[0] !== "paths") return [];
  const parameter = path.lastIndexOf("parameters");
  if (parameter > 0) {
    const named = valueAt(base, path.slice(0, parameter + 2));
    const name = isObject(named) ? named["name"] : undefined;
    return typeof name === "string" ? [{ kind: "parameter", text: name }] : [];
  }
  return operationNames(path, base);
}

/** A path's own address and its operations, or the one operation that a deeper place belongs to. */
function operationNames(path: Path, base: JsonObject): ContractName[] {
  const names = operationsOf(base)
    .filter(({ path: own }) => own.slice(0, path.length).every((key, index) => path[index] === key))
    .flatMap(({ operation }): ContractName[] => {
      const id = operation["operationId"];
      return typeof id === "string" ? [{ kind: "operation", text: id }] : [];
    });
  return path.length === 2 ? [...names, { kind: "path", text: String(path[1]) }] : names;
}

function memberAfter(path: readonly string[], keyword: string): string | undefined {
  const index = path.lastIndexOf(keyword);
  return index < 0 ? undefined : path[index + 1];
}

function typeName(name: string | undefined): ContractName[] {
  return name === undefined ? [] : [{ kind: "type", text: name }];
}

function unique(names: readonly ContractName[]): ContractName[] {
  // An empty name would be found everywhere.
  const telling = names.filter(({ text }) => text.trim() !== "");
  return [...new Map(telling.map((name) => [JSON.stringify(name), name])).values()];
}
