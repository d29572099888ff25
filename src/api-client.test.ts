import { inspect } from "node:util";
import { expect, test, vi } from "vitest";
import { operations } from "../generated/operations.ts";
import {
  ElevenLabs,
  ElevenLabsClient,
  ElevenLabsEnvironment,
  ElevenLabsError,
  isElevenLabsError,
  SingleUseTokenType,
  type SingleUseTokenType as TokenType,
  UnprocessableEntityError,
} from "./index.ts";
import { caught } from "./testing/caught.ts";
import { answerToken, serve } from "./testing/serve.ts";

const type = SingleUseTokenType.RealtimeScribe;

test("sends the documented request and resolves to the documented body", async () => {
  const { baseUrl, requests } = await serve(answerToken);
  const client = new ElevenLabsClient({ apiKey: "key", baseUrl });
  for (const documented of Object.values(SingleUseTokenType))
    expect(await client.tokens.singleUse.create(documented)).toEqual({ token: "sutkn_1234567890" });
  const { method, path } = operations["tokens.singleUse.create"];
  expect(requests).toEqual(
    Object.values(SingleUseTokenType).map((documented) => ({
      method,
      url: path.replace("{token_type}", documented),
      headers: expect.objectContaining({
        "xi-api-key": "key",
        accept: "application/json",
        "content-length": "0",
      }),
    })),
  );
});

test("returns the response on request", async () => {
  const { baseUrl } = await serve((request, response) => {
    response.setHeader("x-request-id", "r1");
    answerToken(request, response);
  });
  const client = new ElevenLabsClient({ apiKey: "key", baseUrl });
  const { data, rawResponse } = await client.tokens.singleUse.create(type).withRawResponse();
  expect(data.token).toBe("sutkn_1234567890");
  expect(rawResponse).toEqual({
    headers: expect.any(Headers),
    redirected: false,
    status: 200,
    statusText: "OK",
    type: expect.any(String),
    url: expect.stringContaining(baseUrl),
  });
  expect(rawResponse.headers.get("x-request-id")).toBe("r1");
});

test("maps 422 to UnprocessableEntityError with the server's words", async () => {
  const body = { detail: [{ type: "enum", loc: ["path", "token_type"], msg: "no such type" }] };
  const { baseUrl } = await serve((_, response) => {
    response.writeHead(422, { "x-request-id": "r2" }).end(JSON.stringify(body));
  });
  const error = await caught(new ElevenLabsClient({ apiKey: "key", baseUrl }).tokens.singleUse.create(type));
  expect(error).toBeInstanceOf(ElevenLabs.UnprocessableEntityError);
  expect(ElevenLabs.UnprocessableEntityError).toBe(UnprocessableEntityError);
  expect(error).toMatchObject({
    name: "UnprocessableEntityError",
    code: "error_status",
    statusCode: 422,
    body,
    requestId: "r2",
    message: "The server answered 422.",
    rawResponse: { status: 422 },
  });
});

test.each([400, 401, 403, 404, 409])("maps %i to ElevenLabsError, asking once", async (statusCode) => {
  const { baseUrl, requests } = await serve((_, response) => {
    response.writeHead(statusCode).end("<h1>no</h1>");
  });
  const error = await caught(new ElevenLabsClient({ apiKey: "key", baseUrl }).tokens.singleUse.create(type));
  expect(error).not.toBeInstanceOf(UnprocessableEntityError);
  expect(error).toMatchObject({
    name: "ElevenLabsError",
    code: "error_status",
    statusCode,
    body: "<h1>no</h1>",
  });
  expect(error.requestId).toBeUndefined();
  expect(requests).toHaveLength(1);
});

test.each(["..", ".", "", undefined, null, [], [".."]])(
  "sends no request for the token type %j",
  async (value) => {
    const { baseUrl, requests } = await serve(answerToken);
    const client = new ElevenLabsClient({ apiKey: "key", baseUrl });
    const error = await caught(client.tokens.singleUse.create(value as TokenType));
    expect(error.code).toBe("invalid_argument");
    expect(requests).toHaveLength(0);
  },
);

test("sends a newer token type that is forced through, and refuses it at compile time", async () => {
  const { baseUrl, requests } = await serve(answerToken);
  const client = new ElevenLabsClient({ apiKey: "key", baseUrl });
  await client.tokens.singleUse.create("newer_type_2" as TokenType);
  // @ts-expect-error: not a documented token type
  await client.tokens.singleUse.create("newer_type_3");
  expect(requests.map(({ url }) => url.split("/").at(-1))).toEqual(["newer_type_2", "newer_type_3"]);
});

test("asks for key and address at each call", async () => {
  const first = await serve(answerToken);
  const second = await serve(answerToken);
  let turn = 0;
  const client = new ElevenLabsClient({
    apiKey: async () => `key${++turn}`,
    baseUrl: () => (turn === 0 ? first : second).baseUrl,
  });
  await client.tokens.singleUse.create(type);
  await client.tokens.singleUse.create(type);
  const keys = [...first.requests, ...second.requests].map(({ headers }) => headers["xi-api-key"]);
  expect(keys).toEqual(["key1", "key2"]);
});

test("lets a call's options win over the client's", async () => {
  const { baseUrl, requests } = await serve((_, response) => {
    response.writeHead(503, { "retry-after": "0" }).end();
  });
  const client = new ElevenLabsClient({
    apiKey: "client-key",
    environment: baseUrl,
    headers: { "x-one": "client", "x-two": () => "client", "x-three": "client" },
    maxRetries: 0,
  });
  await caught(
    client.tokens.singleUse.create(type, {
      apiKey: "call-key",
      headers: { "X-One": "call", "x-three": null, "x-four": async () => "call" },
      maxRetries: 1,
      queryParams: { a: [1, 2], b: "x y", c: { d: true }, e: undefined, f: null },
    }),
  );
  expect(requests).toHaveLength(2);
  expect(requests[0]?.headers).toMatchObject({
    "xi-api-key": "call-key",
    "x-one": "call",
    "x-two": "client",
    "x-four": "call",
  });
  expect(requests[0]?.headers).not.toHaveProperty("x-three");
  expect(requests[0]?.url.split("?")[1]).toBe("a=1&a=2&b=x%20y&c[d]=true");
});

test("prefers baseUrl to environment, and environment to production", async () => {
  const seen: string[] = [];
  const fetch: typeof globalThis.fetch = async (url) => {
    seen.push(new URL(`${url}`).origin);
    return new Response('{"token":"t"}');
  };
  const both = { baseUrl: "https://proxy.example/", environment: ElevenLabsEnvironment.ProductionEu };
  for (const options of [both, { environment: ElevenLabsEnvironment.ProductionEu }, {}])
    await new ElevenLabsClient({ apiKey: "key", fetch, ...options }).tokens.singleUse.create(type);
  expect(seen).toEqual([
    "https://proxy.example",
    ElevenLabsEnvironment.ProductionEu,
    ElevenLabsEnvironment.Production,
  ]);
});

test("reads the global fetch at the call, not before", async () => {
  const client = new ElevenLabsClient({ apiKey: "key" });
  const stub = vi.fn(async () => new Response('{"token":"t"}'));
  vi.stubGlobal("fetch", stub);
  try {
    expect(await client.tokens.singleUse.create(type)).toEqual({ token: "t" });
  } finally {
    vi.unstubAllGlobals();
  }
  expect(stub).toHaveBeenCalledOnce();
});

test("takes the key from ELEVENLABS_API_KEY, and says when there is none", async () => {
  const { baseUrl, requests } = await serve(answerToken);
  vi.stubEnv("ELEVENLABS_API_KEY", "from-environment");
  try {
    await new ElevenLabsClient({ baseUrl, apiKey: undefined }).tokens.singleUse.create(type);
    vi.stubEnv("ELEVENLABS_API_KEY", undefined);
    expect(() => new ElevenLabsClient({ baseUrl })).toThrow(
      "The API key is missing: set apiKey or ELEVENLABS_API_KEY.",
    );
    expect(() => new ElevenLabsClient()).toThrow(ElevenLabsError);
  } finally {
    vi.unstubAllEnvs();
  }
  expect(requests[0]?.headers["xi-api-key"]).toBe("from-environment");
});

test("refuses a malformed key at once when it is given, and at the call when it is asked for", async () => {
  expect(() => new ElevenLabsClient({ apiKey: "canary key" })).toThrow("malformed");
  const { baseUrl, requests } = await serve(answerToken);
  for (const apiKey of [() => "canary\n", async () => undefined, Promise.resolve("")]) {
    const error = await caught(new ElevenLabsClient({ apiKey, baseUrl }).tokens.singleUse.create(type));
    expect(error.code).toBe("invalid_configuration");
    expect(inspect(error)).not.toContain("canary\n");
  }
  expect(requests).toHaveLength(0);
});

test.each(["http://api.example", "https://user:secret@api.example", "nonsense"])(
  "sends no request to %s",
  async (baseUrl) => {
    const fetch = vi.fn<typeof globalThis.fetch>();
    const error = await caught(
      new ElevenLabsClient({ apiKey: "key", baseUrl, fetch }).tokens.singleUse.create(type),
    );
    expect(error.code).toBe("invalid_configuration");
    expect(fetch).not.toHaveBeenCalled();
  },
);

test("sends over http: beyond loopback only when asked", async () => {
  const fetch = vi.fn<typeof globalThis.fetch>(async () => new Response('{"token":"t"}'));
  const options = { apiKey: "key", baseUrl: "http://gateway.internal", fetch, dangerouslyAllowHttp: true };
  await new ElevenLabsClient(options).tokens.singleUse.create(type);
  expect(fetch).toHaveBeenCalledOnce();
});

test("refuses a browser unless asked", () => {
  vi.stubGlobal("document", {});
  try {
    expect(() => new ElevenLabsClient({ apiKey: "key" })).toThrow("dangerouslyAllowBrowser");
    expect(() => new ElevenLabsClient({ apiKey: "key", dangerouslyAllowBrowser: true })).not.toThrow();
  } finally {
    vi.unstubAllGlobals();
  }
});

test.each([
  [
    "a key function that throws",
    { apiKey: () => Promise.reject(new Error("vault is sealed")) },
    "vault is sealed",
  ],
  ["a header function that throws a string", { headers: { a: () => Promise.reject("broken") } }, "broken"],
  ["a header that can't be sent", { headers: { "x-a": "b\nc" } }, "x-a"],
  ["limits that aren't any", { timeoutInSeconds: 0 }, "timeoutInSeconds"],
  ["retries that aren't any", { maxRetries: -1 }, "maxRetries"],
])("turns %s into one of its errors and sends nothing", async (_, options, clue) => {
  const { baseUrl, requests } = await serve(answerToken);
  const error = await caught(
    new ElevenLabsClient({ apiKey: "key", baseUrl, ...options }).tokens.singleUse.create(type),
  );
  expect(error.code).toBe("invalid_configuration");
  expect(inspect(error)).toContain(clue);
  expect(requests).toHaveLength(0);
});

test("turns a query that can't be written into one of its errors", async () => {
  const client = new ElevenLabsClient({ apiKey: "key", baseUrl: "http://127.0.0.1:9" });
  const error = await caught(client.tokens.singleUse.create(type, { queryParams: { a: Symbol("a") } }));
  expect(error).toMatchObject({ code: "invalid_configuration", message: "An option failed." });
});

test.each([
  ["nothing", async () => undefined],
  ["a string", () => Promise.reject("no")],
  ["an error of its own", () => Promise.reject(new RangeError("no"))],
])("turns a custom fetch that gives %s into a network error", async (_, broken) => {
  // What a fetch of the caller's may do against its type.
  const fetch = broken as unknown as typeof globalThis.fetch;
  const client = new ElevenLabsClient({ apiKey: "key", fetch, maxRetries: 0 });
  expect(await caught(client.tokens.singleUse.create(type))).toMatchObject({
    code: "network_error",
    message: "No response arrived.",
    statusCode: undefined,
  });
});

test("says that a response was cut off or doesn't match the contract, in the log too", async () => {
  const lines: string[] = [];
  const note = (level: string) => (message: string) => {
    lines.push(`${level} ${message.replace(/\/\S+[^:\s]/, "PATH")}`);
  };
  const logging = { debug: note("debug"), info: note("info"), warn: note("warn"), error: note("error") };
  const { baseUrl } = await serve((request, response) => {
    if (request.headers["x-answer"] === "cut")
      response.writeHead(200, { "content-length": "9" }).write("x", () => response.destroy());
    else if (request.headers["x-answer"] === "empty") response.writeHead(422).end();
    else response.end("{}");
  });
  const client = new ElevenLabsClient({ apiKey: "key", baseUrl, logging });
  const failing = (answer: string) =>
    caught(client.tokens.singleUse.create(type, { headers: { "x-answer": answer } }));
  expect((await failing("cut")).message).toBe("The response was cut off.");
  expect((await failing("wrong")).message).toBe("The response doesn't match the contract.");
  const empty = await failing("empty");
  expect([empty.statusCode, empty.body]).toEqual([422, undefined]);
  expect(lines).toEqual([
    "debug POST PATH",
    "debug POST PATH: 200",
    "error POST PATH: The response was cut off.",
    "debug POST PATH",
    "debug POST PATH: 200",
    "error POST PATH: The response doesn't match the contract.",
    "debug POST PATH",
    "error POST PATH: 422",
  ]);
});

test("knows its errors, and those of another copy of the package", async () => {
  vi.resetModules();
  const other = await import("./index.ts");
  expect(other.ElevenLabsError).not.toBe(ElevenLabsError);
  for (const error of [
    new other.ElevenLabsError({ message: "x" }),
    new other.ElevenLabsTimeoutError("x"),
    new other.UnprocessableEntityError(),
    new ElevenLabsError({ statusCode: 500 }),
  ])
    expect(isElevenLabsError(error)).toBe(true);
  for (const value of [
    new Error("x"),
    Object.assign(new Error("x"), { code: 1 }),
    { name: "ElevenLabsError" },
    null,
    "x",
  ])
    expect(isElevenLabsError(value)).toBe(false);
});

test("constructs errors as the official SDK does", () => {
  const error = new ElevenLabsError({ message: "m", statusCode: 500, body: "b", cause: "c" });
  expect(error).toMatchObject({ message: "m", statusCode: 500, body: "b", cause: "c", code: "error_status" });
  expect(error.requestId).toBeUndefined();
  expect(new UnprocessableEntityError({ a: 1 })).toMatchObject({ statusCode: 422, body: { a: 1 } });
});
