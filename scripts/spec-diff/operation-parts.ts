import type { JsonObject, Path } from "../generate/json.ts";
import type { LocatedOperation } from "../generate/operations-of.ts";
import type { Direction } from "./change.ts";
import { type Located, locate, membersOf } from "./located.ts";

/** A parameter, an answer's header, or a place where a schema stands: what two revisions of an operation have in common. */
export interface Part<T> {
  /** The same in both revisions, wherever either of them keeps it: inline, under its path, or as a component. */
  readonly key: string;
  readonly part: T;
}

/** A place where a schema stands, its references not yet followed. */
export interface SchemaSite {
  readonly direction: Direction;
  readonly path: Path;
}

/** A parameter, and the place in a list where it stands or is referred to. */
export interface ParameterPart extends Part<Located> {
  readonly site: Path;
}

/** The parameters of an operation: its path's, replaced by its own of the same name and place (OpenAPI 3.1 §4.8.9.1). */
export function parametersOf(document: JsonObject, operation: LocatedOperation): ParameterPart[] {
  const byKey = new Map<string, ParameterPart>();
  for (const path of [operation.path.slice(0, -1), operation.path]) {
    const owner = locate(document, path);
    if (owner === undefined) continue;
    for (const [index, part] of membersOf(document, owner, "parameters")) {
      const key = parameterKey(part, operation.template);
      byKey.set(key, { key, part, site: [...owner.path, "parameters", index] });
    }
  }
  return [...byKey.values()];
}

/** A path's parameters are told by their position: their names are the template's own business. */
function parameterKey({ value }: Located, template: string): string {
  const { name, in: place } = value;
  // Names of headers have no case (RFC 9110 §5.1).
  if (place !== "path") return `${place} ${place === "header" ? String(name).toLowerCase() : name}`;
  return `path ${[...template.matchAll(/\{([^{}]*)\}/g)].findIndex(([, variable]) => variable === name)}`;
}

/** The headers of an operation's answers (their names aside from case, RFC 9110 §5.1). */
export function headersOf(document: JsonObject, operation: LocatedOperation): Part<Located>[] {
  return answersOf(document, operation).flatMap(({ key: status, part: answer }) =>
    membersOf(document, answer, "headers").map(([name, part]) => ({
      key: `${status} ${name.toLowerCase()}`,
      part,
    })),
  );
}

/** Every place of an operation where a schema stands: parameters, bodies, answers and their headers. */
export function schemaSitesOf(document: JsonObject, operation: LocatedOperation): Part<SchemaSite>[] {
  const sites: Part<SchemaSite>[] = [];
  const add = (direction: Direction, owner: string, { path }: Located): void => {
    sites.push({ key: `${owner} schema`, part: { direction, path: [...path, "schema"] } });
  };
  const content = (direction: Direction, owner: string, located: Located): void => {
    for (const [mediaType, media] of membersOf(document, located, "content"))
      add(direction, `${owner} ${mediaType}`, media);
  };
  for (const { key, part } of parametersOf(document, operation)) {
    add("request", `parameter ${key}`, part);
    content("request", `parameter ${key}`, part);
  }
  const body = locate(document, [...operation.path, "requestBody"]);
  if (body !== undefined) content("request", "body", body);
  for (const { key, part } of answersOf(document, operation)) content("response", `answer ${key}`, part);
  for (const { key, part } of headersOf(document, operation)) {
    add("response", `header ${key}`, part);
    content("response", `header ${key}`, part);
  }
  return sites;
}

function answersOf(document: JsonObject, { path }: LocatedOperation): Part<Located>[] {
  const operation = locate(document, path);
  if (operation === undefined) return [];
  return membersOf(document, operation, "responses").map(([key, part]) => ({ key, part }));
}
