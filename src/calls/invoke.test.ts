import { expect, test } from "vitest";
import { caught } from "../testing/caught.ts";
import { invoke, type Send } from "./invoke.ts";
import type { Operation } from "./operation.ts";

/** An operation that is not this project's: two path parameters, a query, a header and a body. */
const update: Operation = {
  method: "PATCH",
  path: "/shelves/{shelf}/books/{book}",
  pathParameters: ["shelf", "book"],
  enumPathParameters: ["shelf"],
  queryParameters: ["dry"],
  headerParameters: ["x-reason"],
  requestMediaTypes: ["application/json"],
  successStatuses: ["200"],
  credential: null,
};

function recorder() {
  const sent: unknown[][] = [];
  const send: Send = async (...args) => {
    sent.push(args);
    const rawResponse = {
      headers: new Headers(),
      redirected: false,
      status: 200,
      statusText: "",
      type: "basic",
      url: "",
    } as const;
    return { data: "text", response: { ...rawResponse, ok: true, rawResponse, text: async () => "text" } };
  };
  return { sent, send };
}

test("takes path arguments by position, then the request, then request options", async () => {
  const { sent, send } = recorder();
  const request = { query: { dry: true }, header: { "x-reason": "moved" }, body: { title: "t" } };
  const options = { maxRetries: 0, queryParams: { more: 1 } };
  const { data } = await invoke(send, "books.update", update, ["poetry", "B 7/8", request, options]);
  expect(data).toBe("text");
  expect(sent).toEqual([
    [
      "PATCH",
      "/shelves/{shelf}/books/{book}",
      {
        params: {
          path: { shelf: "poetry", book: "B 7/8" },
          query: { dry: true, more: 1 },
          header: { "x-reason": "moved" },
          body: { title: "t" },
        },
        body: { title: "t" },
        callOptions: options,
        parseAs: "text",
      },
    ],
  ]);
});

test("does without a request and without options", async () => {
  const { sent, send } = recorder();
  await invoke(send, "books.update", update, ["poetry", "7"]);
  expect(sent[0]?.[2]).toMatchObject({
    params: { path: { shelf: "poetry", book: "7" }, query: {} },
    body: undefined,
  });
});

test.each([
  [{ queryParameters: [], headerParameters: [], requestMediaTypes: [] }, false],
  [{ headerParameters: [], requestMediaTypes: [] }, true],
  [{ queryParameters: [], requestMediaTypes: [] }, true],
  [{ queryParameters: [], headerParameters: [] }, true],
])("expects a request only where there is anything to put in it: %j", async (parts, isExpected) => {
  const { sent, send } = recorder();
  const options = { maxRetries: 0 };
  await invoke(send, "books.update", { ...update, ...parts }, [
    "poetry",
    "7",
    ...(isExpected ? [{}] : []),
    options,
  ]);
  expect(sent[0]?.[2]).toMatchObject({ callOptions: options });
});

test("holds only the values of an enumeration to its pattern", async () => {
  const { sent, send } = recorder();
  expect((await caught(invoke(send, "books.update", update, ["Poetry", "7"]))).message).toContain("shelf");
  expect((await caught(invoke(send, "books.update", update, ["poetry", ".."]))).message).toContain("book");
  expect(sent).toEqual([]);
  await invoke(send, "books.update", update, ["poetry", "Seven!"]);
  expect(sent).toHaveLength(1);
});
