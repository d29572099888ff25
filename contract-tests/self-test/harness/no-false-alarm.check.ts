import { expect, it } from "vitest";
import type { Answer, Handler } from "../../../src/simulator/handler.ts";
import { serve } from "../../../src/simulator/serve.ts";
import { readContract } from "../../harness/contract/load-contract.ts";
import { run } from "../../harness/run/run.ts";
import { urlTarget } from "../../harness/targets/url.ts";

const json = (schema: unknown) => ({ content: { "application/json": { schema } } });
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const text = { type: "string", minLength: 1 };
const fields = { title: text, done: { type: "boolean" }, tag: text };
const ok = (schema?: unknown) => ({ description: "ok", ...(schema ? json(schema) : {}) });
const wrong = { 400: { description: "no" } };
const body = (name: string) => ({ requestBody: { required: true, ...json(ref(name)) } });

/** As some frameworks generate it: the id stands in every body, and no 404 is documented. */
const contract = readContract(
  Buffer.from(
    JSON.stringify({
      openapi: "3.1.0",
      info: { title: "Todos", version: "1" },
      paths: {
        "/todos": {
          get: { responses: { 200: ok({ type: "array", items: ref("Todo") }) } },
          post: { ...body("NewTodo"), responses: { 200: ok(ref("Todo")), ...wrong } },
          patch: { ...body("Changes"), responses: { 204: ok(), ...wrong } },
        },
        "/todos/{id}": {
          parameters: [{ name: "id", in: "path", required: true, schema: { type: "integer", minimum: 1 } }],
          get: {
            parameters: [{ name: "fields", in: "query", schema: { enum: ["title", "done", "tag"] } }],
            responses: { 200: ok(ref("Seen")), ...wrong },
          },
          put: { ...body("Todo"), responses: { 204: ok(), ...wrong } },
          patch: { ...body("Changes"), responses: { 204: ok(), ...wrong } },
          delete: { responses: { 204: ok(), ...wrong } },
        },
        "/todos/{id}/done": {
          parameters: [{ name: "id", in: "path", required: true, schema: { type: "integer", minimum: 1 } }],
          post: { responses: { 204: ok(), ...wrong } },
        },
      },
      components: {
        schemas: {
          Seen: { type: "object", properties: { id: { type: "integer" }, ...fields } },
          Todo: {
            type: "object",
            required: ["id", "title"],
            properties: { id: { type: "integer" }, ...fields },
          },
          NewTodo: { type: "object", required: ["title"], properties: fields },
          Changes: { type: "object", minProperties: 1, properties: { id: { type: "integer" }, ...fields } },
        },
      },
    }),
  ),
  "todos.json",
);

type Todo = Record<string, unknown>;
type Fault = "tag-lost" | "read-flickers";

function todos(fault?: Fault): Handler {
  const kept = new Map<number, Todo>();
  let last = 0;
  let reads = 0;
  const answer = (status: number, value?: unknown): Answer => ({
    status,
    headers: value === undefined ? {} : { "content-type": "application/json" },
    body: value === undefined ? "" : JSON.stringify(value),
  });
  return ({ method, url, body: bytes }) => {
    const [path = "", query = ""] = url.split("?");
    const [, item, action] = /^\/todos\/([^/]+)(\/done)?$/.exec(path) ?? [];
    const sent = fieldsIn(bytes);
    const allowed = item === undefined ? ["GET", "POST", "PATCH"] : ["GET", "PUT", "PATCH", "DELETE"];
    if (!(action ? ["POST"] : allowed).includes(method)) return answer(405);
    if (["POST", "PUT", "PATCH"].includes(method) && !action && !sent) return answer(400);
    if (item === undefined) {
      if (method === "GET") return answer(200, [...kept.values()]);
      if (method === "POST") {
        if (typeof sent?.["title"] !== "string") return answer(400);
        const { id: _, ...own } = sent;
        kept.set(++last, { id: last, ...own });
        const stored = kept.get(last);
        if (fault === "tag-lost") delete stored?.["tag"];
        return answer(200, stored);
      }
      for (const todo of kept.values()) Object.assign(todo, sent, { id: todo["id"] });
      return answer(204);
    }
    if (!/^[1-9]\d*$/.test(item)) return answer(400);
    const field = new URLSearchParams(query).get("fields");
    if (field !== null && !(field in fields)) return answer(400);
    if (sent && "id" in sent && sent["id"] !== Number(item)) return answer(400); // as many do
    if (method === "PUT" && (typeof sent?.["title"] !== "string" || !("id" in sent))) return answer(400);
    const todo = kept.get(Number(item));
    if (!todo) return answer(404);
    if (action) todo["done"] = true;
    else if (method === "DELETE") kept.delete(Number(item));
    else if (method === "PUT") kept.set(Number(item), { ...sent, id: todo["id"] });
    else if (method === "PATCH") Object.assign(todo, sent);
    else {
      if (fault === "read-flickers" && ++reads % 3 === 0) return answer(404);
      return answer(200, field === null ? todo : { id: todo["id"], [field]: todo[field] });
    }
    return answer(204);
  };
}

function fieldsIn(bytes: Uint8Array): Todo | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    const types: Readonly<Record<string, string>> = {
      id: "number",
      title: "string",
      done: "boolean",
      tag: "string",
    };
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    if (!isObject || Object.keys(value).length === 0) return undefined;
    return Object.entries(value).every(([name, member]) => {
      const type = types[name];
      return (
        type === undefined ||
        (typeof member === type && member !== "" && (type !== "number" || Number.isInteger(member)))
      );
    })
      ? { ...value }
      : undefined;
  } catch {
    return undefined;
  }
}

async function found(fault?: Fault): Promise<readonly string[]> {
  const served = await serve(todos(fault));
  const target = urlTarget(served.address);
  try {
    for await (const event of run({ contract, target, maxCases: 15, fuzzRuns: 3, repeats: 1 }))
      if (event.type === "run-finished") return event.summary.findings.map(({ id }) => id);
    throw new Error("the run told no end");
  } finally {
    await target.close();
    await served.close();
  }
}

const undocumented = (operation: string, pointer: string) =>
  `status-code-conformance | ${operation} | ${pointer}/responses | undocumented-404`;

it("blames a server for its undocumented 404s, once each, and for nothing that is usual", async () => {
  expect([...(await found())].sort()).toEqual([
    undocumented("DELETE /todos/{id}", "/paths/~1todos~1{id}/delete"),
    undocumented("GET /todos/{id}", "/paths/~1todos~1{id}/get"),
    undocumented("PATCH /todos/{id}", "/paths/~1todos~1{id}/patch"),
    undocumented("POST /todos/{id}/done", "/paths/~1todos~1{id}~1done/post"),
    undocumented("PUT /todos/{id}", "/paths/~1todos~1{id}/put"),
  ]);
});

it.each<[Fault, RegExp]>([
  ["tag-lost", /^read-after-write /],
  ["read-flickers", /^(stability|resource-availability) /],
])("still notices %s", async (fault, id) => {
  expect(await found(fault)).toContainEqual(expect.stringMatching(id));
});
