import { isObject, type JsonObject } from "./json-object.ts";
import { joinPointer, valueAt } from "./json-pointer.ts";
import { localPointer } from "./local-pointer.ts";
import { listOfSchemas, mapOfSchemas, oneSchema } from "./schema-keywords.ts";

/** The objects of an OpenAPI document that hold others, by their names in the specification. */
export type ObjectKind =
  | "document"
  | "components"
  | "pathItem"
  | "operation"
  | "parameter"
  | "header"
  | "requestBody"
  | "response"
  | "mediaType"
  | "encoding"
  | "example"
  | "link"
  | "callback"
  | "securityScheme"
  | "schema";

export interface VisitedObject {
  readonly kind: ObjectKind;
  readonly value: JsonObject;
  readonly pointer: string;
}

type Holds = { readonly kind: ObjectKind; readonly as: "one" | "list" | "map" };

const one = (kind: ObjectKind): Holds => ({ kind, as: "one" });
const list = (kind: ObjectKind): Holds => ({ kind, as: "list" });
const map = (kind: ObjectKind): Holds => ({ kind, as: "map" });

const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];
const described = { schema: one("schema"), content: map("mediaType"), examples: map("example") };
/** Which members of which object are objects again; every other member is data, whatever it looks like. */
const grammar: Readonly<Record<ObjectKind, Readonly<Record<string, Holds>>>> = {
  document: { paths: map("pathItem"), webhooks: map("pathItem"), components: one("components") },
  components: {
    schemas: map("schema"),
    responses: map("response"),
    parameters: map("parameter"),
    examples: map("example"),
    requestBodies: map("requestBody"),
    headers: map("header"),
    securitySchemes: map("securityScheme"),
    links: map("link"),
    callbacks: map("callback"),
    pathItems: map("pathItem"),
    mediaTypes: map("mediaType"),
  },
  pathItem: {
    parameters: list("parameter"),
    ...Object.fromEntries(methods.map((method) => [method, one("operation")])),
    additionalOperations: map("operation"),
  },
  operation: {
    parameters: list("parameter"),
    requestBody: one("requestBody"),
    responses: map("response"),
    callbacks: map("callback"),
  },
  parameter: described,
  header: described,
  requestBody: { content: map("mediaType") },
  response: { headers: map("header"), content: map("mediaType"), links: map("link") },
  mediaType: {
    schema: one("schema"),
    itemSchema: one("schema"),
    examples: map("example"),
    encoding: map("encoding"),
    prefixEncoding: list("encoding"),
    itemEncoding: one("encoding"),
  },
  encoding: { headers: map("header") },
  example: {},
  link: {},
  callback: {}, // a map itself: see membersOf
  securityScheme: {},
  schema: {
    ...Object.fromEntries(oneSchema.map((keyword) => [keyword, one("schema")])),
    ...Object.fromEntries(listOfSchemas.map((keyword) => [keyword, list("schema")])),
    ...Object.fromEntries(mapOfSchemas.map((keyword) => [keyword, map("schema")])),
  },
};

/**
 * Every object of an OpenAPI document once, and what local `$ref`s lead to as the kind that refers to it, wherever it
 * stands. Examples, extensions (`x-…`) and keywords that nobody defined are data and aren't entered.
 */
export function* visitObjects(document: JsonObject): Generator<VisitedObject, void, undefined> {
  const waiting: { kind: ObjectKind; value: unknown; pointer: string }[] = [
    { kind: "document", value: document, pointer: "" },
  ];
  const seen = new Set<string>();
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { kind, value, pointer } = next;
    const key = `${kind} ${pointer}`;
    if (!isObject(value) || seen.has(key)) continue;
    seen.add(key);
    yield { kind, value, pointer };
    const target = typeof value["$ref"] === "string" ? localPointer(value["$ref"]) : undefined;
    if (target !== undefined) waiting.push({ kind, value: valueAt(document, target), pointer: target });
    // The first is looked at next.
    for (const member of [...membersOf(kind, value, pointer)].reverse()) waiting.push(member);
  }
}

function* membersOf(
  kind: ObjectKind,
  value: JsonObject,
  pointer: string,
): Generator<{ kind: ObjectKind; value: unknown; pointer: string }> {
  if (kind === "callback") {
    yield* inMap("pathItem", value, pointer, true);
    return;
  }
  const fields = grammar[kind];
  for (const [key, member] of Object.entries(value)) {
    const holds = Object.hasOwn(fields, key) ? fields[key] : undefined;
    if (!holds || typeof member !== "object") continue;
    const at = joinPointer(pointer, key);
    // Before JSON Schema 2020-12, `items` could be a list.
    if (holds.as === "list" || (kind === "schema" && key === "items" && Array.isArray(member))) {
      if (!Array.isArray(member)) continue;
      for (const [index, item] of member.entries())
        yield { kind: holds.kind, value: item, pointer: joinPointer(at, index) };
    } else if (holds.as === "map") {
      if (isObject(member)) yield* inMap(holds.kind, member, at, extensible.has(`${kind}.${key}`));
    } else yield { kind: holds.kind, value: member, pointer: at };
  }
}

/** The maps beside whose names extensions may stand; in every other one a name may begin with `x-`. */
const extensible = new Set(["document.paths", "operation.responses"]);

function* inMap(kind: ObjectKind, members: JsonObject, pointer: string, hasExtensions: boolean) {
  for (const [name, value] of Object.entries(members)) {
    if (hasExtensions && name.startsWith("x-")) continue;
    yield { kind, value, pointer: joinPointer(pointer, name) };
  }
}
