import { describe, expect, it } from "vitest";
import { readContract } from "../contract/load-contract.ts";
import type { HeaderLine } from "../http/message.ts";
import { Oracle } from "../schema/oracle.ts";
import { madeBy } from "./identify.ts";

interface Made {
  readonly paths: Readonly<Record<string, object>>;
  readonly at?: string;
  readonly headers?: readonly HeaderLine[];
  readonly body?: unknown;
  readonly links?: object;
}

/** The paths of what a POST to the first path of the document has made, and how that was found. */
function made({ paths, at, headers = [], body, links }: Made): readonly string[] {
  const [first = ""] = Object.keys(paths);
  const responses = { 201: { description: "", ...(links ? { links } : {}) } };
  const document = {
    openapi: "3.1.0",
    paths: { ...paths, [first]: { ...paths[first], post: { responses } } },
  };
  const contract = readContract(new TextEncoder().encode(JSON.stringify(document)), "a.json");
  const operation = contract.operations.find(({ method }) => method === "POST");
  if (!operation) throw new Error("no operation");
  const response = { status: 201, headers, body: new Uint8Array(), durationMs: 0 };
  const request = { method: "POST", path: at ?? first, headers: [] };
  return madeBy(contract, new Oracle(contract), { operation, request, response, body }).map(
    ({ path, by }) => `${path} by ${by}`,
  );
}

const item = (name: string, schema: object = { type: "string" }) => ({
  parameters: [{ name, in: "path", required: true, schema }],
  get: { operationId: "read", responses: {} },
});
const tasks = { "/tasks": {}, "/tasks/{taskId}": item("taskId") };

describe("what was made is found", () => {
  it("by links first", () => {
    const links = { read: { operationId: "read", parameters: { taskId: "$response.body#/key" } } };
    const headers = [["Location", "/tasks/2"]] as const;
    expect(made({ paths: tasks, links, headers, body: { key: "k1", id: 3 } })).toEqual(["/tasks/k1 by link"]);
  });

  it.each([
    ["/tasks/7", "/tasks"],
    ["https://api.example.com/base/tasks/7?x=1", "/tasks"],
    ["tasks/7", "/tasks"],
    ["./tasks/7", "/tasks"],
  ])("by Location %s", (location, at) => {
    expect(made({ paths: tasks, at, headers: [["location", location]], body: {} })).toEqual([
      "/tasks/7 by location",
    ]);
  });

  it.each([{ taskId: 1, id: 2 }, { task_id: 1 }, { data: { id: 1 } }, { id: 1, owner: { id: 9 } }])(
    "by a name in %j",
    (body) => {
      expect(made({ paths: tasks, body })).toEqual(["/tasks/1 by name"]);
    },
  );

  it("by the parameter's schema, when one member alone fits it", () => {
    const paths = {
      "/tasks": {},
      "/tasks/{taskId}": item("taskId", { type: "string", pattern: "^T-[0-9]+$" }),
    };
    expect(made({ paths, body: { number: "T-12", title: "T" } })).toEqual(["/tasks/T-12 by name"]);
    expect(made({ paths, body: { number: "T-12", before: "T-11" } })).toEqual([]);
  });

  it("within its parent, whatever that parameter is called", () => {
    const paths = {
      "/rooms/{id}/doors": {},
      "/rooms/{roomId}/doors/{doorId}": item("doorId"),
    };
    expect(made({ paths, at: "/rooms/a%20b/doors", body: { id: 4 } })).toEqual([
      "/rooms/a%20b/doors/4 by name",
    ]);
  });

  it("at a path of its own, by the collection's name", () => {
    const paths = { "/rooms/{roomId}/bookings": {}, "/bookings/{bookingId}": item("bookingId") };
    expect(made({ paths, at: "/rooms/1/bookings", body: { id: "b" } })).toEqual(["/bookings/b by name"]);
  });
});

it("finds nothing if the response says nothing", () => {
  expect(made({ paths: tasks, body: { name: "a" } })).toEqual([]);
  expect(made({ paths: tasks, headers: [["location", "http://[bad"]], body: "text" })).toEqual([]);
});
