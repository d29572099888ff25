import { expect, test } from "vitest";
import type { Exchange } from "../checks/finding.ts";
import type { Operation } from "../contract/contract.ts";
import { outcomeComplaints } from "./client-outcome.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

/** What is held against a client that made `value` of an answer. */
function kinds(contentType: string | undefined, body: string, value: unknown): string[] {
  const headers = contentType === undefined ? [] : [["content-type", contentType] as const];
  const exchange = { response: { status: 200, headers, body: bytes(body) } };
  const call = { operation: "GET /a", what: "a", status: 200, call: async () => value };
  return outcomeComplaints(
    call,
    // Only what is looked at.
    { pointer: "/paths/~1a/get" } as Operation,
    exchange as unknown as Exchange,
    { value },
  ).map(({ kind }) => kind);
}

test.each([
  ["application/json", '{"a":[1,null]}', { a: [1, null] }, { a: [1] }],
  ["application/problem+json", '{"a":1,"b":2}', { b: 2, a: 1 }, "x"],
  ["application/json", '"2026-01-02T00:00:00.000Z"', new Date("2026-01-02"), new Date("2026-01-03")],
  ["text/plain; charset=utf-8", '{"a":1}', '{"a":1}', { a: 1 }],
  ["audio/mpeg", "ID3", bytes("ID3").buffer, "ID3"],
  ["application/octet-stream", "ID3", bytes("ID3"), bytes("ID4")],
  ["text/event-stream", 'data: {"a":1}\n\ndata: {"a":2}\n\n', [{ a: 1 }, { a: 2 }], [{ a: 1 }]],
  ["text/event-stream", "data: one\n\n: ping\n\n", ["one"], ["one", ""]],
  ["text/event-stream", "ID3", bytes("ID3"), bytes("")],
  ["application/x-ndjson", '1\n{"a":2}\n', [1, { a: 2 }], [1]],
  ["application/json-seq", '\u001e{"a":\n1}\n', [{ a: 1 }], [{ a: 2 }]],
  [undefined, "", undefined, {}],
  ["application/json", "", null, ""],
])("an answer of %s (%j) is what its media type says", (type, body, right, wrong) => {
  expect(kinds(type, body, right)).toEqual([]);
  expect(kinds(type, body, wrong)).toEqual(["another-value"]);
});
