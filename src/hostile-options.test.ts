import { expect, test, vi } from "vitest";
import { ElevenLabsClient } from "./index.ts";
import { caught } from "./testing/caught.ts";
import { answerToken, serve } from "./testing/serve.ts";

const type = "realtime_scribe";

test.each([
  ["an object without a prototype", () => Object.create(null)],
  ["a symbol", () => Symbol("s")],
  ["undefined", () => undefined],
  [
    "a proxy that refuses every question",
    () =>
      new Proxy(
        {},
        {
          getPrototypeOf: () => {
            throw new Error("no");
          },
        },
      ),
  ],
])("turns a supplier that throws %s into one of its errors", async (_, make) => {
  const fail = () => {
    throw make();
  };
  for (const options of [
    { apiKey: fail },
    { apiKey: "key", headers: { a: fail } },
    { apiKey: "key", baseUrl: fail },
  ])
    expect(await caught(new ElevenLabsClient(options).tokens.singleUse.create(type))).toMatchObject({
      code: "invalid_configuration",
      message: "An option failed.",
    });
});

test("takes the key out of the error of a header supplier that names it", async () => {
  const client = new ElevenLabsClient({
    apiKey: "canary/Key",
    headers: {
      a: () => {
        throw new Error("no header for canary/Key or canary%2fKey");
      },
    },
  });
  const { cause } = await caught(client.tokens.singleUse.create(type));
  expect(cause).toMatchObject({ message: "no header for [REDACTED] or [REDACTED]" });
});

test.each(["connection", "Transfer-Encoding", "upgrade", "Content-Length", "expect", "keep-alive"])(
  "refuses the header %s at once, which only the platform may set",
  async (name) => {
    const { baseUrl, requests } = await serve(answerToken);
    const client = new ElevenLabsClient({ apiKey: "key", baseUrl, headers: { [name]: "1" } });
    const error = await caught(client.tokens.singleUse.create(type));
    expect(error).toMatchObject({
      code: "invalid_configuration",
      message: `The header "${name}" can't be sent.`,
    });
    expect(requests).toHaveLength(0);
  },
);

test.each([
  ["Headers", new Headers({ "x-a": "1" })],
  ["a Map", new Map([["x-a", "1"]])],
  ["a list of pairs", [["x-a", "1"]] as const],
  ["an object", { "x-a": 1 }],
])("takes headers as %s", async (_, headers) => {
  const { baseUrl, requests } = await serve(answerToken);
  await new ElevenLabsClient({ apiKey: "key", baseUrl, headers }).tokens.singleUse.create(type);
  await new ElevenLabsClient({ apiKey: "key", baseUrl }).tokens.singleUse.create(type, { headers });
  expect(requests.map((request) => request.headers["x-a"])).toEqual(["1", "1"]);
});

test("warns of nothing when many calls wait on one signal", async () => {
  const warn = vi.fn();
  process.on("warning", warn);
  const { baseUrl } = await serve(answerToken);
  const client = new ElevenLabsClient({ apiKey: "key", baseUrl });
  const { signal } = new AbortController();
  await Promise.all(
    Array.from({ length: 30 }, () => client.tokens.singleUse.create(type, { abortSignal: signal })),
  );
  await new Promise((resolve) => setImmediate(resolve));
  process.off("warning", warn);
  expect(warn).not.toHaveBeenCalled();
});

test("doesn't call a fetch after the abort that came while the key was asked for", async () => {
  const controller = new AbortController();
  const fetch = vi.fn<typeof globalThis.fetch>();
  const apiKey = async () => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    return "key";
  };
  const call = new ElevenLabsClient({ apiKey, fetch }).tokens.singleUse.create(type, {
    abortSignal: controller.signal,
  });
  controller.abort();
  expect((await caught(call)).code).toBe("aborted");
  await new Promise((resolve) => setTimeout(resolve, 40));
  expect(fetch).not.toHaveBeenCalled();
});

test("keeps its deadline when a fetch gives empty chunks without end", async () => {
  const fetch = async () =>
    new Response(
      new ReadableStream<Uint8Array>({ pull: (controller) => controller.enqueue(new Uint8Array()) }),
    );
  const client = new ElevenLabsClient({ apiKey: "key", fetch, timeoutInSeconds: 0.1 });
  expect((await caught(client.tokens.singleUse.create(type))).code).toBe("timeout");
});

test("leaves no socket open when the logger throws", async () => {
  const { baseUrl, dropped } = await serve(answerToken);
  const fail = () => {
    throw new Error("full");
  };
  const logging = { debug: fail, info: fail, warn: fail, error: fail };
  const client = new ElevenLabsClient({ apiKey: "key", baseUrl, logging });
  expect(await client.tokens.singleUse.create(type)).toEqual({ token: "sutkn_1234567890" });
  expect(dropped()).toBe(0);
});

test("gives up at once when Retry-After lies beyond the deadline", async () => {
  const { baseUrl, requests } = await serve((_, response) => {
    response.writeHead(429, { "retry-after": "120" }).end();
  });
  const client = new ElevenLabsClient({ apiKey: "key", baseUrl, timeoutInSeconds: 90 });
  const started = performance.now();
  expect(await caught(client.tokens.singleUse.create(type))).toMatchObject({ statusCode: 429 });
  expect(performance.now() - started).toBeLessThan(5000);
  expect(requests).toHaveLength(1);
});

test("a log level that there isn't is one of its errors", async () => {
  // What a caller without types may give.
  const logging = { level: "trace", silent: false } as unknown as { silent: false };
  const error = await caught(new ElevenLabsClient({ apiKey: "key", logging }).tokens.singleUse.create(type));
  expect(error).toMatchObject({ code: "invalid_configuration" });
  expect(error.message).toContain("log level");
});
