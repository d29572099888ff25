import { expect, test } from "vitest";
import { caught } from "../testing/caught.ts";
import type { OutgoingRequest } from "../transport/outgoing-request.ts";
import type { Transport } from "../transport/transport.ts";
import { invoke } from "./invoke.ts";
import type { Operation } from "./operation.ts";

/** An operation that is not this project's: two path parameters, a query, a header and a body. */
const update: Operation = {
  method: "PATCH",
  path: "/shelves/{shelf}/books/{book}",
  pathParameters: [
    { name: "shelf", isEnum: true },
    { name: "book", isEnum: false },
  ],
  takesRequest: true,
  requestMediaType: "application/json",
  successStatus: "200",
  credentials: { authorization: "Bearer " },
};

const rawResponse = {
  headers: new Headers(),
  redirected: false,
  status: 200,
  statusText: "",
  type: "basic",
  url: "",
} as const;

/** A transport that answers every request alike. */
function recorder(text = "text") {
  const sent: OutgoingRequest[] = [];
  const send: Transport = async (request) => {
    sent.push(request);
    return {
      ok: true,
      status: 200,
      bytes: new TextEncoder().encode(text),
      text,
      rawResponse: () => rawResponse,
    };
  };
  return { sent, send };
}

test("takes path arguments by position, then the request, then request options", async () => {
  const { sent, send } = recorder();
  const request = { query: { dry: true }, header: { "x-reason": "moved" }, body: { title: "t" } };
  const options = { maxRetries: 0, queryParams: { more: 1, list: ["a", "b"], member: { of: "m" } } };
  const result = await invoke(send, "books.update", update, ["poetry", "B 7/8", request, options]);
  expect([result.data, result.rawResponse()]).toEqual(["text", rawResponse]);
  expect(sent).toEqual([
    {
      method: "PATCH",
      url: "/shelves/poetry/books/B%207%2F8?dry=true&more=1&list=a&list=b&member[of]=m",
      credentials: { authorization: "Bearer " },
      headers: { "content-type": "application/json", "x-reason": "moved" },
      body: '{"title":"t"}',
      callOptions: options,
    },
  ]);
});

test("does without a request and without options", async () => {
  const { sent, send } = recorder();
  await invoke(send, "books.update", update, ["poetry", "7"]);
  expect(sent[0]).toMatchObject({ url: "/shelves/poetry/books/7", headers: {}, body: undefined });
});

test("expects a request only where there is anything to put in it", async () => {
  const { sent, send } = recorder();
  const { takesRequest: _, ...plain } = update;
  const options = { maxRetries: 0 };
  await invoke(send, "books.update", plain, ["poetry", "7", options]);
  await invoke(send, "books.update", update, ["poetry", "7", {}, options]);
  expect(sent.map(({ callOptions }) => callOptions)).toEqual([options, options]);
});

test("keeps an argument that looks like a template or a replacement pattern as it is", async () => {
  const { sent, send } = recorder();
  await invoke(send, "books.update", { ...update, path: "/{shelf}/{book}" }, ["poetry", "{book}$&$1"]);
  expect(sent[0]?.url).toBe("/poetry/%7Bbook%7D%24%26%241");
});

test("tells a body that can't be had from one that is empty", async () => {
  const { send } = recorder("");
  expect((await invoke(send, "books.update", update, ["poetry", "7"])).data).toBe("");
  const broken: Transport = async () => ({
    ok: true,
    status: 200,
    bytes: undefined,
    text: undefined,
    rawResponse: () => rawResponse,
  });
  const error = await caught(invoke(broken, "books.update", update, ["poetry", "7"]));
  expect(error).toMatchObject({ code: "invalid_answer", statusCode: 200 });
});

test("gives bytes where the contract documents bytes", async () => {
  const { send } = recorder("\u20ac");
  const { data } = await invoke(send, "books.scan", { ...update, answersBytes: true }, ["poetry", "7"]);
  expect(data).toBeInstanceOf(ArrayBuffer);
  // It is one, as the line above saw.
  expect(new Uint8Array(data as ArrayBuffer)).toEqual(Uint8Array.of(0xe2, 0x82, 0xac));
});

test("holds only the values of an enumeration to its pattern", async () => {
  const { sent, send } = recorder();
  expect((await caught(invoke(send, "books.update", update, ["Poetry", "7"]))).message).toContain("shelf");
  expect((await caught(invoke(send, "books.update", update, ["poetry", ".."]))).message).toContain("book");
  expect(sent).toEqual([]);
  await invoke(send, "books.update", update, ["poetry", "Seven!"]);
  expect(sent).toHaveLength(1);
});
