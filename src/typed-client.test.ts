import { inspect } from "node:util";
import { expect, expectTypeOf, test } from "vitest";
import { createTypedClient, type SingleUseTokenResponseModel } from "./index.ts";
import { caught } from "./testing/caught.ts";
import { answerToken, serve } from "./testing/serve.ts";

const path = "/v1/single-use-token/{token_type}";
const params = { path: { token_type: "realtime_scribe" } } as const;

test("sends typed requests with the key, and gives data and a real response", async () => {
  const { baseUrl, requests } = await serve(answerToken);
  const client = createTypedClient({ apiKey: "key", baseUrl });
  const { data, error, response } = await client.POST(path, { params });
  expectTypeOf(data).toEqualTypeOf<SingleUseTokenResponseModel | undefined>();
  expect([data, error]).toEqual([{ token: "sutkn_1234567890" }, undefined]);
  expect(response).toBeInstanceOf(Response);
  expect([response.status, response.url]).toEqual([200, `${baseUrl}/v1/single-use-token/realtime_scribe`]);
  expect(requests[0]?.headers["xi-api-key"]).toBe("key");
  // @ts-expect-error: not a documented token type
  await client.POST(path, { params: { path: { token_type: "other" } } });
});

test("gives an error answer as openapi-fetch does, the key redacted", async () => {
  const { baseUrl } = await serve((request, response) => {
    response.writeHead(422, { "x-echo": `${request.headers["xi-api-key"]}` });
    response.end(JSON.stringify({ detail: request.headers["xi-api-key"] }));
  });
  const result = await createTypedClient({ apiKey: "canary-key", baseUrl }).POST(path, { params });
  expect(result).toMatchObject({ error: { detail: "[REDACTED]" }, response: { status: 422 } });
  expect(inspect([result, ...result.response.headers], { depth: 9 })).not.toContain("canary-key");
});

test("reads other forms of the body", async () => {
  const { baseUrl } = await serve(answerToken);
  const client = createTypedClient({ apiKey: "key", baseUrl });
  expect((await client.POST(path, { params, parseAs: "text" })).data).toBe('{"token":"sutkn_1234567890"}');
  const { data } = await client.POST(path, { params, parseAs: "arrayBuffer" });
  expect(data?.byteLength).toBe(28);
});

test.each([
  ["", undefined],
  ["sutkn_1 is no JSON", "invalid_answer"],
])("says nothing about an unreadable body: %j", async (body, code) => {
  const { baseUrl } = await serve((_, response) => {
    response.end(body);
  });
  const outcome: unknown = await createTypedClient({ apiKey: "key", baseUrl })
    .POST(path, { params })
    .catch((error: unknown) => error);
  if (code) expect(outcome).toMatchObject({ code, statusCode: 200, message: "The response isn't JSON." });
  else expect(outcome).toMatchObject({ data: undefined });
  expect(inspect(outcome)).not.toContain("sutkn");
});

test("returns bytes that aren't text as they arrived", async () => {
  const bytes = Buffer.from([0xff, 0x00, 0xfe]);
  const { baseUrl } = await serve((_, response) => {
    response.end(bytes);
  });
  const client = createTypedClient({ apiKey: "key", baseUrl });
  const { data } = await client.POST(path, { params, parseAs: "arrayBuffer" });
  expect(data && Buffer.from(data)).toEqual(bytes);
});

test("gives no success that is over the limit for an empty one", async () => {
  const { baseUrl } = await serve((_, response) => {
    response.end("x".repeat(70_000));
  });
  const error = await caught(createTypedClient({ apiKey: "key", baseUrl }).POST(path, { params }));
  expect(error).toMatchObject({
    code: "response_too_large",
    statusCode: 200,
    message: "The response is larger than 65536 bytes.",
  });
});

test("answers without a body stay without one", async () => {
  const { baseUrl } = await serve((_, response) => {
    response.writeHead(204).end();
  });
  const { response } = await createTypedClient({ apiKey: "key", baseUrl }).POST(path, { params });
  expect([response.status, response.body]).toEqual([204, null]);
});

test("a compressed answer comes decompressed, and says so", async () => {
  const { gzipSync } = await import("node:zlib");
  const { baseUrl } = await serve((_, response) => {
    response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync('{"token":"t"}'));
  });
  const { data, response } = await createTypedClient({ apiKey: "key", baseUrl }).POST(path, { params });
  expect(data).toEqual({ token: "t" });
  expect([response.headers.get("content-encoding"), response.headers.get("content-length")]).toEqual([
    null,
    "13",
  ]);
});

test("lets a middleware set a header, and answer by itself", async () => {
  const { baseUrl, requests } = await serve(answerToken);
  const client = createTypedClient({ apiKey: "key", baseUrl });
  client.use({
    onRequest({ request }) {
      request.headers.set("x-trace", "1");
    },
  });
  await client.POST(path, { params });
  expect(requests[0]?.headers["x-trace"]).toBe("1");
  client.use({ onRequest: () => Response.json({ token: "cached" }) });
  expect((await client.POST(path, { params })).data).toEqual({ token: "cached" });
  expect(requests).toHaveLength(1);
});

test("keeps deadline, signal and redirects under control", async () => {
  const { baseUrl, requests } = await serve((_, response) => {
    response.writeHead(307, { location: "/elsewhere" }).end();
  });
  const client = createTypedClient({ apiKey: "key", baseUrl });
  expect(await caught(client.POST(path, { params }))).toMatchObject({ code: "redirect_refused" });
  expect(await caught(client.POST(path, { params, signal: AbortSignal.abort() }))).toMatchObject({
    code: "aborted",
  });
  expect(requests).toHaveLength(1);
});

test.each(["..", ".", "%2e"])("sends a segment of dots only where it is encoded: %s", async (segment) => {
  const { baseUrl, requests } = await serve(answerToken);
  const client = createTypedClient({ apiKey: "key", baseUrl });
  // What JavaScript may pass.
  const call = client.POST(path, { params: { path: { token_type: segment as "realtime_scribe" } } });
  if (segment === "%2e") await call;
  else expect(await caught(call)).toMatchObject({ code: "invalid_argument" });
  expect(requests.map(({ url }) => url)).toEqual(segment === "%2e" ? ["/v1/single-use-token/%252e"] : []);
});

test("refuses a path whose parameters are missing, and another address", async () => {
  const { baseUrl, requests } = await serve(answerToken);
  const client = createTypedClient({ apiKey: "key", baseUrl });
  // What JavaScript may leave out.
  expect(await caught(client.POST(path, {} as { params: typeof params }))).toMatchObject({
    code: "invalid_argument",
  });
  expect(await caught(client.POST(path, { params, baseUrl: "https://other.example" }))).toMatchObject({
    code: "invalid_argument",
  });
  expect(requests).toHaveLength(0);
});

test("refuses at once what a client can't do without", () => {
  expect(() => createTypedClient({ apiKey: "no key" })).toThrow("malformed");
});
