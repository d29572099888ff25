import type { Operation, Parameter } from "../contract/contract.ts";
import { isObject } from "../contract/json-object.ts";
import type { Oracle } from "../schema/oracle.ts";
import type { RequestParts } from "../wire/request-parts.ts";
import { namedAsInPath } from "./own-name.ts";
import { isSameName, plainName } from "./same-name.ts";

/** What the server has given: the values of path parameters, and values by name for queries and bodies. */
export interface GivenValues {
  readonly path: ReadonlyMap<string, unknown>;
  /** By names that mean one thing alone: never plain `id`. */
  readonly named: ReadonlyMap<string, unknown>;
}

/**
 * `parts` with what the server has given in place of what was made up: where a value is still that of `base`, for one that
 * was changed on purpose is the case's own. The body then calls the thing what the path calls it.
 */
export function withGivenValues(
  oracle: Oracle,
  operation: Operation,
  parts: RequestParts,
  base: RequestParts,
  given: GivenValues,
): RequestParts {
  const parameters = new Map(parts.parameters);
  for (const [parameter, value] of parts.parameters) {
    if (value !== base.parameters.get(parameter)) continue;
    const other = givenFor(parameter, given);
    if (other !== undefined) parameters.set(parameter, fitting(oracle, parameter, other));
  }
  return namedAsInPath(oracle, operation, withNamedMembers(oracle, { ...parts, parameters }, given));
}

function withNamedMembers(oracle: Oracle, parts: RequestParts, given: GivenValues): RequestParts {
  if (!parts.body || given.named.size === 0) return parts;
  const { mediaType, value } = parts.body;
  if (!isObject(value) || mediaType.schema === undefined) return parts;
  let body = value;
  for (const [name, made] of Object.entries(value)) {
    const other = find(given.named, name);
    if (other === undefined || typeof made !== typeof other) continue;
    const changed = { ...body, [name]: other };
    // A deviating body stays as deviating as it is meant to be, and a valid one stays valid.
    if (
      oracle.accepts(mediaType.schema, "request", changed) ===
      oracle.accepts(mediaType.schema, "request", body)
    )
      body = changed;
  }
  return { ...parts, body: { mediaType, value: body } };
}

function givenFor({ in: place, name }: Parameter, { path, named }: GivenValues): unknown {
  if (place === "path") return path.get(name) ?? find(named, name);
  return place === "query" ? find(named, name) : undefined;
}

function find(values: ReadonlyMap<string, unknown>, wanted: string): unknown {
  if (isCommon(wanted)) return undefined;
  for (const [name, value] of values) if (isSameName(name, wanted)) return value;
  return undefined;
}

/** Names that mean another thing wherever they stand. */
function isCommon(name: string): boolean {
  return ["id", "name", "type", "key", "uuid", "slug", "status", "code"].includes(plainName(name));
}

/** A number that comes as text, and the other way round, as the parameter wants it. */
function fitting(oracle: Oracle, { schema }: Parameter, value: unknown): unknown {
  if (schema === undefined || oracle.accepts(schema, "request", value)) return value;
  const others = [String(value), Number(value)];
  return others.find((other) => oracle.accepts(schema, "request", other)) ?? value;
}
