import { expect, test } from "vitest";
import { ask, byKind } from "./ask.ts";
import { type Answer, document, goodKey, inTurns, json, ok, sixRevisions } from "./revisions.ts";

const cases = sixRevisions.flatMap((revisions) =>
  (["old", "new", "both", "neither"] as const).map(
    (behaviour) => [revisions.name, behaviour, revisions] as const,
  ),
);

test.each(cases)("%s: a server that follows %s is recognised as such", async (_, behaviour, revisions) => {
  const key = revisions.kind === "security-added" ? ["--auth", `key=${goodKey}`] : [];
  const { rows, code, output } = await ask(revisions, revisions.servers[behaviour], ...key);
  const row = rows.find(({ kind }) => kind === revisions.kind);
  expect(row?.behaviour, output).toBe(behaviour);
  expect(code, output).toBe(behaviour === "new" ? 0 : 1);
  expect(output).not.toContain(goodKey);
});

const refused = { status: 422, json: { error: "no" } };

/** Things by a number that is told when they are made. */
function things({ max, nick, kind }: { max: number; nick: boolean; kind: string }): object {
  const thing = {
    type: "object",
    required: ["id", "kind", ...(nick ? ["nick"] : [])],
    properties: {
      id: { type: "integer" },
      kind: { type: "string", enum: [kind] },
      ...(nick ? { nick: { type: "string" } } : {}),
    },
  };
  const made = {
    type: "object",
    required: ["title"],
    properties: { title: { type: "string", minLength: 1, maxLength: max } },
  };
  const failed = { 422: { description: "wrong" }, 404: { description: "none" } };
  const limit = { name: "limit", in: "query", schema: { type: "integer", minimum: 1, maximum: max } };
  const id = { name: "id", in: "path", required: true, schema: { type: "integer" } };
  return document(
    {
      "/things": {
        get: {
          parameters: [limit],
          responses: { 200: ok({ type: "array", items: { $ref: "#/components/schemas/Thing" } }), ...failed },
        },
        post: {
          requestBody: { required: true, ...json(made) },
          responses: { 201: ok({ $ref: "#/components/schemas/Thing" }), ...failed },
        },
      },
      "/things/{id}": {
        parameters: [id],
        get: { responses: { 200: ok({ $ref: "#/components/schemas/Thing" }), ...failed } },
        delete: { responses: { 204: { description: "gone" }, ...failed } },
      },
    },
    { schemas: { Thing: thing } },
  );
}

/** A server of things with a memory. */
function thingServer({ max, nick, kind }: { max: number; nick: boolean; kind: string }): Answer {
  const there = new Set<number>();
  const shown = (id: number) => ({ id, kind, ...(nick ? { nick: `n${id}` } : {}) });
  return ({ method, path, query, body }) => {
    const id = Number(/^\/things\/(\d+)$/.exec(path)?.[1] ?? Number.NaN);
    if (path === "/things" && method === "GET") {
      const limit = query.get("limit");
      const isWrong = limit !== null && !(/^\d+$/.test(limit) && Number(limit) >= 1 && Number(limit) <= max);
      return isWrong ? refused : { status: 200, json: [...there].map(shown) };
    }
    if (path === "/things" && method === "POST") {
      const title: unknown =
        typeof body === "object" && body !== null && "title" in body ? body.title : undefined;
      if (typeof title !== "string" || title.length < 1 || title.length > max) return refused;
      there.add(there.size + 1);
      return { status: 201, json: shown(there.size) };
    }
    if (!there.has(id)) return { status: 404 };
    if (method !== "DELETE") return { status: 200, json: shown(id) };
    there.delete(id);
    return { status: 204 };
  };
}

const before = { max: 10, nick: false, kind: "plain" };
const after = { max: 20, nick: true, kind: "fancy" };
const revisions = { base: things(before), revision: things(after) };

test.each([
  ["old", before, 1],
  ["new", after, 0],
] as const)("several changes at once are told apart: all %s", async (behaviour, server, expected) => {
  const { rows, code, output } = await ask(revisions, thingServer(server));
  expect(
    rows.map((row) => row.behaviour),
    output,
  ).toEqual(rows.map(() => behaviour));
  expect(rows.map(({ kind }) => kind).sort()).toEqual([
    "enum-changed",
    "maxLength-changed",
    "maximum-changed",
    "property-added",
  ]);
  expect(rows.find(({ kind }) => kind === "property-added")?.operations).toEqual([
    "GET /things",
    "POST /things",
    "GET /things/{id}",
  ]);
  expect(code, output).toBe(expected);
});

test("a server between the two is reported change by change", async () => {
  const { rows, output } = await ask(revisions, thingServer({ ...before, nick: true, max: 20 }));
  expect(byKind(rows), output).toEqual({
    "enum-changed": "old",
    "maxLength-changed": "new",
    "maximum-changed": "new",
    "property-added": "new",
  });
});

const answering = (schema: object) => document({ "/x": { get: { responses: { 200: ok(schema) } } } });
const object = (properties: object, more: object = {}) => ({ type: "object", properties, ...more });
const text = { type: "string" };
const answers =
  (...values: unknown[]): Answer =>
  (_, turn) => ({ status: 200, json: values[turn % values.length] });

test.each<[string, object, object, string, readonly [Answer, string][]]>([
  [
    "a property that may be null now",
    object({ a: text }),
    object({ a: { type: ["string", "null"] } }),
    "type-changed",
    [
      [answers({ a: "t" }), "both"],
      [answers({ a: null }), "new"],
      [answers({ a: "t" }, { a: null }), "new"],
      [answers({ a: 1 }), "neither"],
      [answers({}), "not decidable"],
    ],
  ],
  [
    "a value added to an enum of answers",
    object({ a: { enum: ["p", "q"] } }),
    object({ a: { enum: ["p", "q", "r"] } }),
    "enum-changed",
    [
      [answers({ a: "p" }), "both"],
      [answers({ a: "r" }), "new"],
      [answers({ a: "s" }), "neither"],
    ],
  ],
  [
    "a property that is required now",
    object({ a: text }),
    object({ a: text }, { required: ["a"] }),
    "property-became-required",
    [
      [answers({}), "old"],
      [answers({ a: "t" }), "both"],
      [answers({ a: "t" }, {}), "old"],
    ],
  ],
  [
    "a property that is gone",
    object({ a: text, b: text }, { required: ["a"] }),
    object({ b: text }),
    "property-removed",
    [
      [answers({ a: "t", b: "t" }), "old"],
      [answers({ b: "t" }), "new"],
      [answers({ a: "t", b: "t" }, { b: "t" }), "both"],
      [answers({ a: 5, b: "t" }), "neither"],
    ],
  ],
  [
    "a branch added to oneOf",
    object({ a: { oneOf: [{ type: "integer" }, text] } }),
    object({ a: { oneOf: [{ type: "integer" }, text, { type: "array", items: text }] } }),
    "branches-changed",
    [
      [answers({ a: "t" }), "both"],
      [answers({ a: ["t"] }), "new"],
      [answers({ a: {} }), "neither"],
    ],
  ],
  [
    "a type within a branch",
    {
      oneOf: [
        object({ k: { const: 1 }, v: text }, { required: ["k"] }),
        object({ k: { const: 2 } }, { required: ["k"] }),
      ],
    },
    {
      oneOf: [
        object({ k: { const: 1 }, v: { type: "integer" } }, { required: ["k"] }),
        object({ k: { const: 2 } }, { required: ["k"] }),
      ],
    },
    "type-changed",
    [
      [answers({ k: 1, v: "t" }), "old"],
      [answers({ k: 1, v: 1 }), "new"],
      [answers({ k: 1, v: [] }), "neither"],
    ],
  ],
  [
    "a list of one thing in place of another",
    { type: "array", items: { allOf: [object({ a: text })] } },
    { type: "array", items: { allOf: [object({ a: { type: "boolean" } })] } },
    "type-changed",
    [
      [answers([{ a: "t" }, { a: "u" }]), "old"],
      [answers([{ a: true }]), "new"],
      [answers([{ a: "t" }, { a: true }]), "both"],
      [answers([]), "not decidable"],
    ],
  ],
])("in answers, %s", async (_, base, revision, kind, servers) => {
  for (const [server, behaviour] of servers) {
    const { rows, output } = await ask({ base: answering(base), revision: answering(revision) }, server);
    expect(byKind(rows)[kind], `${kind}: ${output}`).toBe(behaviour);
  }
});

const asking = (parameters: readonly object[], body?: object) =>
  document({
    "/x": {
      post: {
        parameters,
        ...(body === undefined ? {} : { requestBody: body }),
        responses: { 200: ok({ type: "object" }), 422: { description: "wrong" } },
      },
    },
  });
const query = (name: string, more: object) => ({ name, in: "query", schema: text, ...more });
const done = { status: 200, json: {} };
const when =
  (isGood: (asked: Parameters<Answer>[0]) => boolean): Answer =>
  (asked) =>
    isGood(asked) ? done : refused;

test.each<[string, object, object, string, readonly [Answer, string][]]>([
  [
    "a required parameter that is gone",
    asking([query("a", { required: true })]),
    asking([]),
    "parameter-removed",
    [
      [when(({ query }) => query.has("a")), "old"],
      [() => done, "new"],
      [() => refused, "neither"],
    ],
  ],
  [
    "another type of a parameter",
    asking([query("a", { required: true, schema: { type: "integer" } })]),
    asking([query("a", { required: true, schema: { enum: ["p", "q"] } })]),
    "constraints-changed",
    [
      [when(({ query }) => /^-?\d+$/.test(query.get("a") ?? "")), "old"],
      [when(({ query }) => /^[pq]$/.test(query.get("a") ?? "")), "new"],
      [when(({ query }) => /^(-?\d+|[pq])$/.test(query.get("a") ?? "")), "both"],
      [when(() => false), "neither"],
    ],
  ],
  [
    "a longer text",
    asking([query("a", { schema: { type: "string", maxLength: 5 } })]),
    asking([query("a", { schema: { type: "string", maxLength: 9 } })]),
    "maxLength-changed",
    [
      [when(({ query }) => (query.get("a") ?? "").length <= 5), "old"],
      [when(({ query }) => (query.get("a") ?? "").length <= 9), "new"],
      [() => done, "neither"],
      [
        inTurns(
          when(({ query }) => (query.get("a") ?? "").length <= 5),
          when(({ query }) => (query.get("a") ?? "").length <= 9),
        ),
        "both",
      ],
    ],
  ],
  [
    "a body that is required now",
    asking([], { required: false, ...json(object({ a: text })) }),
    asking([], { required: true, ...json(object({ a: text })) }),
    "request-body-became-required",
    [
      [() => done, "old"],
      [when(({ body }) => body !== undefined), "new"],
    ],
  ],
  [
    "an optional parameter of which every text is valid",
    asking([]),
    asking([query("a", {})]),
    "parameter-added",
    [[() => done, "not decidable"]],
  ],
])("in requests, %s", async (_, base, revision, kind, servers) => {
  for (const [server, behaviour] of servers) {
    const { rows, output } = await ask({ base, revision }, server);
    expect(byKind(rows)[kind], `${kind}: ${output}`).toBe(behaviour);
  }
});

const typed =
  (pattern: RegExp): Answer =>
  ({ headers }) =>
    pattern.test(headers["content-type"] ?? "") ? done : { status: 415, json: {} };
const ofType = (type: string) =>
  asking([], {
    required: true,
    content: { [type]: { schema: object({ a: text }, { required: ["a"] }) } },
  });

test.each<[string, Answer]>([
  ["old", typed(/json/)],
  ["new", typed(/form/)],
  ["both", typed(/json|form/)],
  ["neither", typed(/xml/)],
])("another media type of requests: a server that goes by %s", async (behaviour, server) => {
  const { rows, output } = await ask(
    { base: ofType("application/json"), revision: ofType("application/x-www-form-urlencoded") },
    server,
  );
  expect(byKind(rows), output).toEqual({ "request-media-types-changed": behaviour });
});

const schemes = {
  key: { type: "apiKey", in: "header", name: "x-key" },
  token: { type: "http", scheme: "bearer" },
};
const secured = (name: string) =>
  document(
    { "/me": { get: { security: [{ [name]: [] }], responses: { 200: ok({ type: "object" }) } } } },
    { securitySchemes: schemes },
  );
const secret = "good-token-91c4e2";
const asked = {
  key: { headers: { "x-key": secret } },
  token: { headers: { authorization: `Bearer ${secret}` } },
};
const letIn =
  (...names: (keyof typeof asked)[]): Answer =>
  ({ headers }) =>
    names.some((name) =>
      Object.entries(asked[name].headers).every(([header, value]) => headers[header] === value),
    )
      ? done
      : { status: 401, json: {} };

test.each<[string, Answer]>([
  ["old", letIn("key")],
  ["new", letIn("token")],
  ["both", letIn("key", "token")],
  ["neither", letIn()],
])("another security scheme: a server that goes by %s", async (behaviour, server) => {
  const auth = ["--auth", `key=${secret}`, "--auth", `token=${secret}`];
  const { rows, output } = await ask({ base: secured("key"), revision: secured("token") }, server, ...auth);
  expect(byKind(rows), output).toEqual({ "security-changed": behaviour });
  expect(output + JSON.stringify(rows)).not.toContain(secret);
});

test("a server that takes more than either document still goes by the one that it enforces", async () => {
  const numbers: Answer = ({ body }) => {
    const a: unknown = typeof body === "object" && body !== null && "a" in body ? body.a : 1;
    return typeof a === "number" ? done : refused; // 1.5 as well
  };
  const base = asking([], { required: true, ...json(object({ a: { type: "integer" } })) });
  const revision = asking([], { required: true, ...json(object({ a: { type: "boolean" } })) });
  const { rows, output } = await ask({ base, revision }, numbers);
  expect(byKind(rows), output).toEqual({ "type-changed": "old" });
});

test("what the path names has to be there", async () => {
  const path = { name: "id", in: "path", required: true, schema: { type: "integer" } };
  const named = (a: object) =>
    document({
      "/things/{id}": {
        parameters: [path],
        patch: {
          requestBody: { required: true, ...json(object({ a })) },
          responses: {
            200: ok({ type: "object" }),
            404: { description: "none" },
            422: { description: "no" },
          },
        },
      },
    });
  const server: Answer = ({ path, body }) => {
    if (path !== "/things/5") return { status: 404 };
    return typeof body === "object" && body !== null && "a" in body && typeof body.a !== "boolean"
      ? refused
      : done;
  };
  const both = { base: named({ type: "integer" }), revision: named({ type: "boolean" }) };
  const without = await ask(both, server);
  expect(without.rows[0]?.behaviour).toBe("not decidable");
  expect(without.rows[0]?.why).toContain("--param");
  const { rows, output } = await ask(both, server, "--param", "id=5");
  expect(byKind(rows), output).toEqual({ "type-changed": "new" });
});
