import { isObject, type Json, type JsonObject, type Path, valueAt } from "../../generate/json.ts";
import type { Bump } from "../change.ts";
import { shopContract } from "./shop-contract.ts";

/** One kind of change to the made-up shop contract, and how it is to be rated. */
export interface DiffCase {
  readonly name: string;
  readonly bump: Bump;
  readonly revision: JsonObject;
}

const path: Path = ["paths", "/orders/{kind}"];
const post: Path = [...path, "post"];
const schemas: Path = ["components", "schemas"];
const order: Path = [...schemas, "Order"];
const newOrder: Path = [...schemas, "NewOrder"];
const answer: Path = [...post, "responses", "200"];
const limit: Path = [...post, "parameters", 1];

export function shop(): JsonObject {
  // A literal of plain values is JSON.
  return shopContract() as unknown as JsonObject;
}

const query = (name: string, required: boolean): JsonObject => ({
  name,
  in: "query",
  required,
  schema: { type: "string" },
});

/** Changes that hurt an existing client. */
export const breakingCases: readonly DiffCase[] = [
  breaking("path removed", remove(["paths", "/health"])),
  breaking("method removed", remove(["paths", "/orders/{kind}", "get"])),
  breaking("required parameter added", append([...post, "parameters"], query("shop", true))),
  breaking("parameter made required", set([...limit, "required"], true)),
  breaking("parameter narrowed in enum", set([...schemas, "Kind", "enum"], ["book", "game"])),
  breaking("parameter narrowed in length", set([...post, "parameters", 2, "schema", "maxLength"], 10)),
  breaking("parameter narrowed in maximum", set([...limit, "schema", "maximum"], 50)),
  breaking("parameter retyped", set([...limit, "schema"], { type: "boolean" })),
  breaking("body made required", set([...post, "requestBody", "required"], true)),
  breaking("request property made required", set([...newOrder, "required"], ["title", "count"])),
  breaking("request property removed", remove([...newOrder, "properties", "count"])),
  breaking("request media type removed", remove([...post, "requestBody", "content", "application/xml"])),
  breaking("response status removed", remove([...post, "responses", "422"])),
  breaking(
    "response media type changed",
    rename([...answer, "content"], "application/json", "application/xml"),
  ),
  breaking("response property removed", remove([...order, "properties", "remark"])),
  breaking("response property optional", set([...order, "required"], ["id", "version", "state", "place"])),
  breaking("response property nullable", set([...order, "properties", "total", "type"], ["integer", "null"])),
  breaking(
    "response property widened in enum",
    set([...schemas, "State", "enum"], ["open", "closed", "lost"]),
  ),
  breaking("response property widened in type", set([...order, "properties", "total", "type"], "number")),
  breaking("response property's format changed", set([...order, "properties", "id", "format"], "uri")),
  breaking("response property's const changed", set([...order, "properties", "version", "const"], "v2")),
  breaking(
    "response property's prefixItems changed",
    set([...order, "properties", "place", "prefixItems"], [{ type: "integer" }, { type: "string" }]),
  ),
  breaking("response header removed", remove([...answer, "headers", "X-Rate"])),
  breaking("response header optional", remove([...answer, "headers", "X-Rate", "required"])),
  breaking("security added", (document) => {
    set(["security"], [{ key: [] }])(document);
    set(["components", "securitySchemes"], { key: { type: "apiKey", in: "header", name: "X-Key" } })(
      document,
    );
  }),
  breaking("operationId changed", set([...post, "operationId"], "orders.place")),
  breaking("server changed", set(["servers", 0, "url"], "https://api.example.org")),
];

/** Changes that no existing client feels. */
export const harmlessCases: readonly DiffCase[] = [
  harmless("path added", "minor", set(["paths", "/ready"], health("ready.get"))),
  harmless("optional parameter added", "minor", append([...post, "parameters"], query("shop", false))),
  harmless("description changed", "patch", set([...post, "description"], "Places one order.")),
  harmless(
    "optional response property added",
    "minor",
    set([...order, "properties", "gift"], { type: "boolean" }),
  ),
  harmless("maximum raised", "minor", set([...limit, "schema", "maximum"], 500)),
];

/** What else is easily missed or easily blamed. */
export const furtherCases: readonly DiffCase[] = [
  breaking(
    "prefixItems shortened",
    set([...order, "properties", "place", "prefixItems"], [{ type: "string" }]),
  ),
  breaking("required body added", (document) =>
    set(["paths", "/health", "get", "requestBody"], {
      required: true,
      content: { "application/json": { schema: { type: "object" } } },
    })(document),
  ),
  breaking("response property may be null by oneOf", (document) =>
    set([...order, "properties", "remark"], { oneOf: [{ type: "string" }, { type: "null" }] })(document),
  ),
  breaking("request default changed", set([...limit, "schema", "default"], 20)),
  breaking("enum constant of an answer gone", set([...schemas, "State", "enum"], ["open"])),
  breaking("named schema renamed", (document) => {
    rename(schemas, "State", "OrderState")(document);
    set([...order, "properties", "state"], { $ref: "#/components/schemas/OrderState" })(document);
  }),
  breaking(
    "operation moved to a server of its own",
    set([...post, "servers"], [{ url: "https://new.example" }]),
  ),
  breaking("path moved to a server of its own", set([...path, "servers"], [{ url: "https://new.example" }])),
  breaking("response property write-only", set([...order, "properties", "remark", "writeOnly"], true)),
  breaking("request property read-only", set([...newOrder, "properties", "count", "readOnly"], true)),
  harmless(
    "operation repeats its server",
    "minor",
    set([...post, "servers"], [{ url: "https://api.example.com" }]),
  ),
  breaking("request object closed", set([...newOrder, "additionalProperties"], false)),
  breaking("property removed behind a recursive schema", (document) => {
    set([...order, "properties", "parts"], { type: "array", items: { $ref: "#/components/schemas/Order" } })(
      document,
    );
    remove([...order, "properties", "remark"])(document);
  }),
  harmless("parameter made optional", "minor", set([...post, "parameters", 3, "required"], false)),
  harmless(
    "request enum widened",
    "minor",
    set([...schemas, "Kind", "enum"], ["book", "game", "map", "toy"]),
  ),
  harmless("named schema added", "minor", set([...schemas, "Gift"], { type: "string" })),
  harmless("deprecation", "minor", set([...post, "deprecated"], true)),
  harmless("response bound tightened", "patch", set([...order, "properties", "remark", "maxLength"], 9)),
  harmless("optional body added", "minor", (document) =>
    set(["paths", "/health", "get", "requestBody"], {
      content: { "application/json": { schema: { type: "object" } } },
    })(document),
  ),
];

type Edit = (document: JsonObject) => void;

function breaking(name: string, edit: Edit): DiffCase {
  return { name, bump: "major", revision: edited(edit) };
}

function harmless(name: string, bump: Bump, edit: Edit): DiffCase {
  return { name, bump, revision: edited(edit) };
}

function edited(edit: Edit): JsonObject {
  const document = shop();
  edit(document);
  return document;
}

function set(path: Path, value: Json): Edit {
  return (document) => {
    const owner = ownerOf(document, path);
    const key = path.at(-1) ?? "";
    if (Array.isArray(owner)) owner[Number(key)] = value;
    else owner[key] = value;
  };
}

function append(path: Path, value: Json): Edit {
  return (document) => {
    const list = valueAt(document, path);
    if (!Array.isArray(list)) throw new Error(`no list at ${path.join("/")}`);
    list.push(value);
  };
}

function remove(path: Path): Edit {
  return (document) => {
    const owner = ownerOf(document, path);
    const key = String(path.at(-1));
    if (Array.isArray(owner) || !Object.hasOwn(owner, key)) throw new Error(`nothing at ${path.join("/")}`);
    delete owner[key];
  };
}

function rename(path: Path, from: string, to: string): Edit {
  return (document) => {
    const value = valueAt(document, [...path, from]);
    if (value === undefined) throw new Error(`nothing at ${path.join("/")}/${from}`);
    set([...path, to], value)(document);
    remove([...path, from])(document);
  };
}

function ownerOf(document: JsonObject, path: Path): JsonObject | Json[] {
  const owner = valueAt(document, path.slice(0, -1));
  if (!isObject(owner) && !Array.isArray(owner)) throw new Error(`nothing at ${path.slice(0, -1).join("/")}`);
  return owner;
}

function health(operationId: string): JsonObject {
  return { get: { operationId, responses: { "204": { description: "up" } } } };
}
