import { expect, test } from "vitest";
import { ApiError } from "../errors/api-error.ts";
import { caught } from "../testing/caught.ts";
import type { Answer } from "../transport/answer.ts";
import type { OutgoingRequest } from "../transport/outgoing-request.ts";
import type { Transport } from "../transport/transport.ts";
import { invoke } from "./invoke.ts";
import type { Operation } from "./operation.ts";

/** An operation that is not this project's: two path parameters, a query, a header and a body. */
const update: Operation = {
  method: "PATCH",
  path: "/shelves/{shelf}/books/{book}",
  takes: "query header body",
  answers: { 200: { "text/plain": "text" } },
  credential: ["authorization", "Bearer "],
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
function recorder(text: string | undefined = "text", changes: Partial<Answer> = {}) {
  const sent: OutgoingRequest[] = [];
  const warnings: string[] = [];
  const send: Transport = async (request) => {
    sent.push(request);
    return {
      ok: true,
      status: 200,
      key: "200 text/plain",
      bytes: new TextEncoder().encode(text),
      text: () => text,
      ...(changes.key === undefined && { read: () => text }),
      rawResponse: () => rawResponse,
      validation: "error",
      failed: (code, message) => new ApiError({ code, message }),
      warn: (message) => warnings.push(message),
      ...changes,
    };
  };
  return { sent, warnings, send };
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
      operation: update,
      headers: { "content-type": "application/json", "x-reason": "moved" },
      body: '{"title":"t"}',
      callOptions: options,
    },
  ]);
});

test("does without a request and without options", async () => {
  const { sent, send } = recorder();
  await invoke(send, "books.update", update, ["poetry", "7"]);
  expect(sent[0]).toEqual({ method: "PATCH", url: "/shelves/poetry/books/7", operation: update });
});

test("expects a request only where there is anything to put in it", async () => {
  const { sent, send } = recorder();
  const { takes: _, ...plain } = update;
  const options = { maxRetries: 0 };
  await invoke(send, "books.update", plain, ["poetry", "7", options]);
  await invoke(send, "books.update", update, ["poetry", "7", {}, options, undefined]);
  expect(sent.map(({ callOptions }) => callOptions)).toEqual([options, options]);
});

test.each([
  ["a body's member beside it", [{ title: "t" }], 'request has no member "title"; use: query header body.'],
  ["a request in the place of options", [{}, { body: {} }], 'request options has no member "body"'],
  [
    "one argument too many",
    [{}, {}, { maxRetries: 0 }],
    "Too many arguments: the path's, then the request, then",
  ],
  ["one too many after none", [undefined, undefined, {}], "Too many arguments"],
  ["a number for a request", [5], "The request must be an object."],
  ["a text for options", [{}, "slow"], "The request options must be an object."],
])("refuses %s, and says where it belongs", async (_, more, message) => {
  const { sent, send } = recorder();
  const error = await caught(invoke(send, "books.update", update, ["poetry", "7", ...more]));
  expect(error.code).toBe("invalid_argument");
  expect(error.message).toContain(message);
  expect(sent).toEqual([]);
});

test("keeps an argument that looks like a template or a replacement pattern as it is", async () => {
  const { sent, send } = recorder();
  await invoke(send, "books.update", { ...update, path: "/{shelf}/{book}" }, ["{book}", "{book}$&$1"]);
  expect(sent[0]?.url).toBe("/%7Bbook%7D/%7Bbook%7D%24%26%241");
});

const json = { key: "200 application/json" };
const id = "tokens.singleUse.create";

test.each([
  ["another value", '{"token":""}', { token: "" }],
  ["null", "null", null],
  ["nothing", "", undefined],
  ["no JSON", "<p>", "<p>"],
])(
  "of an answer with %s makes an error, a warning or nothing, as the client says",
  async (_, text, value) => {
    const error = await caught(invoke(recorder(text, json).send, id, update, ["poetry", "7"]));
    expect(error).toMatchObject({
      code: "invalid_answer",
      message: "The response doesn't match the contract.",
    });
    const warned = recorder(text, { ...json, validation: "warn" });
    expect((await invoke(warned.send, id, update, ["poetry", "7"])).data).toEqual(value);
    expect(warned.warnings).toEqual(["The response doesn't match the contract."]);
    const off = recorder(text, { ...json, validation: "off" });
    expect((await invoke(off.send, id, update, ["poetry", "7"])).data).toEqual(value);
    expect(off.warnings).toEqual([]);
  },
);
