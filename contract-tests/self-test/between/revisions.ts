import type { RequestListener } from "node:http";

/** A server's answer to a request; `turn`: how many it has answered before. */
export type Answer = (request: Asked, turn: number) => Answered;

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Parameters<RequestListener>[0]["headers"];
  /** Its JSON; undefined when there is none. */
  readonly body: unknown;
}

export interface Answered {
  readonly status: number;
  readonly json?: unknown;
}

/** Two revisions of a document, and servers that behave as the one, the other, both and neither. */
export interface Revisions {
  readonly name: string;
  readonly base: object;
  readonly revision: object;
  /** The row that tells of the change. */
  readonly kind: string;
  readonly servers: { readonly [One in "old" | "new" | "both" | "neither"]: Answer };
}

export function document(paths: object, components: object = {}): object {
  return { openapi: "3.1.0", info: { title: "Things", version: "1" }, paths, components };
}

export const json = (schema: object) => ({ content: { "application/json": { schema } } });
export const ok = (schema: object) => ({ description: "ok", ...json(schema) });
const wrong = {
  description: "wrong",
  ...json({ type: "object", properties: { error: { type: "string" } } }),
};

/** Every other request is answered as the other: two instances of different revisions behind one address. */
export function inTurns(one: Answer, other: Answer): Answer {
  return (request, turn) => (turn % 2 === 0 ? one : other)(request, turn);
}

const refused: Answered = { status: 400, json: { error: "no" } };
const done: Answered = { status: 200, json: {} };

function named(name: string, servers: Omit<Revisions["servers"], "both">) {
  return { name, servers: { ...servers, both: inTurns(servers.old, servers.new) } };
}

const list = (age: object) =>
  document({
    "/things": {
      get: {
        responses: {
          200: ok({
            type: "array",
            items: { type: "object", required: ["id", "age"], properties: { id: { type: "integer" }, age } },
          }),
        },
      },
    },
  });
const listing =
  (age: unknown): Answer =>
  () => ({ status: 200, json: [{ id: 1, age }] });

const report = (parameters: readonly object[]) =>
  document({ "/report": { get: { parameters, responses: { 200: ok({ type: "object" }), 400: wrong } } } });

const order = (sizes: readonly string[]) =>
  document({
    "/orders": {
      post: {
        requestBody: {
          required: true,
          ...json({
            type: "object",
            required: ["size"],
            properties: { size: { enum: sizes }, note: { type: "string", maxLength: 20 } },
          }),
        },
        responses: { 200: ok({ type: "object" }), 400: wrong },
      },
    },
  });
const ordering =
  (sizes: readonly string[]): Answer =>
  ({ body }) => {
    const { size, note = "" } = { size: undefined, ...(body as { size?: unknown; note?: unknown }) }; // anything
    return sizes.includes(String(size)) && typeof note === "string" && note.length <= 20 ? done : refused;
  };

const health = { "/health": { get: { responses: { 200: ok({ type: "object" }) } } } };
const legacy = {
  "/legacy": {
    get: {
      responses: {
        200: ok({ type: "object", required: ["since"], properties: { since: { type: "integer" } } }),
      },
    },
  },
};
const missing: Answered = { status: 404, json: { error: "no such path" } };
const atLegacy =
  (answered: Answered): Answer =>
  ({ path }) =>
    path === "/health" ? done : path === "/legacy" ? answered : missing;

const job = (status: number) =>
  document({
    "/jobs": {
      post: { responses: { [status]: ok({ type: "object", properties: { id: { type: "integer" } } }) } },
    },
  });
const started =
  (status: number): Answer =>
  () => ({ status, json: { id: 7 } });

const profile = (security: readonly object[]) =>
  document(
    { "/profile": { get: { security, responses: { 200: ok({ type: "object" }), 401: wrong } } } },
    { securitySchemes: { key: { type: "apiKey", in: "header", name: "x-key" } } },
  );
export const goodKey = "good-key-7d21f0";

/** Six changes of different kinds, each with four servers. */
export const sixRevisions: readonly Revisions[] = [
  {
    ...named("the type of a property in answers", {
      old: listing(41),
      new: listing("41"),
      neither: listing([41]),
    }),
    kind: "type-changed",
    base: list({ type: "integer" }),
    revision: list({ type: "string" }),
  },
  {
    ...named("a new required parameter", {
      old: () => done,
      new: ({ query }) => (query.has("tenant") ? done : refused),
      neither: () => refused,
    }),
    kind: "parameter-added",
    base: report([]),
    revision: report([{ name: "tenant", in: "query", required: true, schema: { type: "string" } }]),
  },
  {
    ...named("a value added to an enum of requests", {
      old: ordering(["S", "M"]),
      new: ordering(["S", "M", "L"]),
      neither: () => refused,
    }),
    kind: "enum-changed",
    base: order(["S", "M"]),
    revision: order(["S", "M", "L"]),
  },
  {
    ...named("an operation removed", {
      old: atLegacy({ status: 200, json: { since: 1999 } }),
      new: atLegacy(missing),
      neither: atLegacy({ status: 200, json: { moved: true } }),
    }),
    kind: "operation-removed",
    base: document({ ...health, ...legacy }),
    revision: document(health),
  },
  {
    ...named("another status", { old: started(200), new: started(202), neither: started(201) }),
    kind: "status-added",
    base: job(200),
    revision: job(202),
  },
  {
    ...named("a credential asked for", {
      old: () => done,
      new: ({ headers }) => (headers["x-key"] === goodKey ? done : { status: 401, json: { error: "no" } }),
      neither: () => ({ status: 500, json: { error: "no" } }),
    }),
    kind: "security-added",
    base: profile([]),
    revision: profile([{ key: [] }]),
  },
];
