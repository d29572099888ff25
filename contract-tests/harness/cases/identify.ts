import type { Contract } from "../contract/contract.ts";
import { isObject, type JsonObject } from "../contract/json-object.ts";
import { linksOf } from "../contract/links.ts";
import { PathTable, sameShape } from "../contract/match-operation.ts";
import { headerValue } from "../http/header-value.ts";
import type { Oracle } from "../schema/oracle.ts";
import { type Answered, isDone } from "./answered.ts";
import { type Resource, resourceMap } from "./resources.ts";
import { evaluate, pathValues } from "./runtime-expression.ts";
import { isSameName, nameOfOne } from "./same-name.ts";

/** Something that an exchange has made, at a path of its own. */
export interface MadeThing {
  readonly resource: Resource;
  /** The concrete path, percent-encoded: `/tasks/7`. */
  readonly path: string;
  /** The values of the path's parameters. */
  readonly values: ReadonlyMap<string, unknown>;
  /** How its name was found: documented (a link), told (Location), or guessed by a name in the answer. */
  readonly by: "link" | "location" | "name";
}

/** What a successful POST has made, as far as its answer tells: by links, then Location, then names in the body. */
export function madeBy(contract: Contract, oracle: Oracle, answered: Answered): readonly MadeThing[] {
  const { operation, response } = answered;
  if (operation.method !== "POST" || !isDone(response)) return [];
  return resourceMap(contract).resources.flatMap((resource): MadeThing[] => {
    if (resource.make?.id !== operation.id || resource.parameter === undefined) return [];
    const found = identify(contract, oracle, resource, resource.parameter, answered);
    if (!found) return [];
    const above = resource.path.slice(0, resource.path.lastIndexOf("/"));
    const template = sameShape(above, operation.path) ? above : operation.path;
    const outer = pathValues(template, answered.request.path);
    const values = new Map<string, unknown>([...outer, ...found.values]);
    const path = concretePath(resource.path, values);
    return path === undefined ? [] : [{ resource, path, values, by: found.by }];
  });
}

interface Identified {
  readonly values: ReadonlyMap<string, unknown>;
  readonly by: MadeThing["by"];
}

function identify(
  contract: Contract,
  oracle: Oracle,
  resource: Resource,
  parameter: string,
  answered: Answered,
): Identified | undefined {
  const linked = byLinks(contract, resource, answered);
  if (linked) return { values: linked, by: "link" };
  const located = locationValues(resource, answered);
  if (located) return { values: located, by: "location" };
  const value = idIn(answered.body, resource, parameter, oracle);
  return value === undefined ? undefined : { values: new Map([[parameter, value]]), by: "name" };
}

function byLinks(
  contract: Contract,
  resource: Resource,
  answered: Answered,
): ReadonlyMap<string, unknown> | undefined {
  const { operation, response } = answered;
  const rule = operation.responses.find(({ status }) => status === String(response.status));
  for (const { target, parameters } of rule ? linksOf(contract, rule.pointer) : []) {
    if (!sameShape(target.path, resource.path)) continue;
    const values = new Map<string, unknown>();
    for (const [name, value] of parameters) {
      const found = evaluate(value, answered);
      if (found !== undefined && found !== null) values.set(name.replace(/^path\./, ""), found);
    }
    if (resource.parameter !== undefined && values.has(resource.parameter)) return values;
  }
  return undefined;
}

/** The parameters' values in the path that Location names, which may be relative (RFC 9110, section 10.2.2). */
function locationValues(resource: Resource, answered: Answered): ReadonlyMap<string, string> | undefined {
  for (const path of locationPaths(answered)) {
    const match = new PathTable([resource.path]).match(path);
    if (match) return pathValues(resource.path, path);
  }
  return undefined;
}

/** The paths that Location may mean: whole, and without leading segments, since a server may stand below a path. */
export function locationPaths({ request, response }: Answered): readonly string[] {
  const location = headerValue(response.headers, "location");
  const url = location === undefined ? undefined : urlOf(location, request.path);
  if (!url) return [];
  const segments = url.pathname.split("/").slice(1);
  return segments.map((_, index) => `/${segments.slice(index).join("/")}`);
}

function urlOf(location: string, base: string): URL | undefined {
  try {
    return new URL(location, new URL(base, "http://target.invalid"));
  } catch {
    return undefined;
  }
}

/** The id in an answer or in a row of a list: by the parameter's name, by usual names, by the parameter's schema. */
export function idIn(body: unknown, resource: Resource, parameter: string, oracle: Oracle): unknown {
  const object = objectIn(body);
  if (!object) return undefined;
  const one = nameOfOne(resource.path.split("/").at(-2) ?? "");
  for (const wanted of [parameter, "id", `${one}id`, one, "uuid", "_id", "key", "slug"]) {
    for (const [name, value] of Object.entries(object))
      if (isSameName(name, wanted) && isIdentifier(value)) return value;
  }
  const schema = (resource.read ?? resource.remove ?? resource.replace ?? resource.change)?.parameters.find(
    ({ in: place, name }) => place === "path" && name === parameter,
  )?.schema;
  const source = schema === undefined ? undefined : oracle.follow(schema).schema;
  if (schema === undefined || !isObject(source) || !("pattern" in source || "format" in source))
    return undefined;
  const fitting = Object.values(object).filter((value) => oracle.accepts(schema, "request", value));
  return fitting.length === 1 && isIdentifier(fitting[0]) ? fitting[0] : undefined;
}

/** The thing itself, also when it stands alone in an envelope: `{ "data": { … } }`. */
export function objectIn(body: unknown): JsonObject | undefined {
  if (!isObject(body)) return undefined;
  const members = Object.entries(body);
  const objects = members.flatMap(([, value]) => (isObject(value) ? [value] : []));
  const [only] = objects;
  const isEnvelope =
    objects.length === 1 &&
    (members.length === 1 ||
      members.some(([name, value]) => isObject(value) && /^(data|result|item|resource)$/i.test(name)));
  return only && isEnvelope ? only : body;
}

function isIdentifier(value: unknown): value is string | number {
  return (typeof value === "string" && value !== "") || typeof value === "number";
}

/** The template with its values put in; undefined when one is missing. */
export function concretePath(template: string, values: ReadonlyMap<string, unknown>): string | undefined {
  let isWhole = true;
  const path = template.replace(/\{([^{}]+)\}/g, (_, name: string) => {
    const value = values.get(name);
    isWhole &&= value !== undefined;
    return encodeURIComponent(String(value));
  });
  return isWhole ? path : undefined;
}
