import type { Operation } from "../contract/contract.ts";
import { isObject } from "../contract/json-object.ts";
import type { Oracle } from "../schema/oracle.ts";
import { propertyOf } from "../schema/schema-members.ts";
import type { RequestParts } from "../wire/request-parts.ts";
import { isSameName, nameOfOne, plainName } from "./same-name.ts";

/**
 * The parameter of the path that a member of the body repeats: one of its name; for `id`, and for `taskId` below `/tasks`,
 * the path's last, which names the thing itself.
 */
export function parameterRepeatedBy(path: string, member: string): string | undefined {
  const names = [...path.matchAll(/\{([^{}]+)\}/g)].map((match) => match[1] ?? "");
  const last = path.endsWith("}") ? names.at(-1) : undefined;
  const same = names.find((name) => isSameName(name, member));
  if (same !== undefined && (same === last || plainName(same) !== "id")) return same;
  if (last === undefined) return undefined;
  const one = nameOfOne(path.split("/").at(-2) ?? "");
  const ids = ["id", `${one}id`];
  return ids.includes(plainName(last)) && ids.includes(plainName(member)) ? last : undefined;
}

/**
 * `parts` whose body calls the thing what the path calls it: a request that names two things conforms, and is one that
 * servers are right to refuse. A body stays as valid, or as deviating, as it is.
 */
export function namedAsInPath(oracle: Oracle, operation: Operation, parts: RequestParts): RequestParts {
  const { body } = parts;
  const schema = body?.mediaType.schema;
  if (!body || schema === undefined || !isObject(body.value)) return parts;
  let value = body.value;
  for (const [member, own] of Object.entries(value)) {
    const repeated = parameterRepeatedBy(operation.path, member);
    const parameter = operation.parameters.find(
      ({ in: place, name }) => place === "path" && name === repeated,
    );
    const named = parameter && parts.parameters.get(parameter);
    const property = propertyOf(oracle, schema, member);
    if (named === undefined || property === undefined || !oracle.accepts(property, "request", own)) continue;
    const wanted = [named, String(named), Number(named)].find((name) =>
      oracle.accepts(property, "request", name),
    );
    if (wanted === undefined || wanted === own) continue;
    const changed = { ...value, [member]: wanted };
    if (oracle.accepts(schema, "request", changed) === oracle.accepts(schema, "request", value))
      value = changed;
  }
  return value === body.value ? parts : { ...parts, body: { mediaType: body.mediaType, value } };
}
