import { execFile } from "node:child_process";
import { getEventListeners, once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { ElevenLabsClient } from "./index.ts";
import { caught } from "./testing/caught.ts";
import { answerToken, serve } from "./testing/serve.ts";

const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;

async function closedPort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  // An address object: the server listens on a port, not a pipe.
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

test("a process ends at once after a refused connection", async () => {
  const script = `
    import { ElevenLabsClient } from ${JSON.stringify(new URL("./index.ts", import.meta.url).href)};
    const client = new ElevenLabsClient({ apiKey: "key", baseUrl: process.argv[1], maxRetries: 0 });
    const { code, cause } = await client.tokens.singleUse.create("realtime_scribe").catch((error) => error);
    const failedAt = Date.now();
    process.on("exit", () => console.log(JSON.stringify([code, cause.cause.code, Date.now() - failedAt])));
  `;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--import", "tsx", "--input-type=module", "-e", script, `http://127.0.0.1:${await closedPort()}`],
    { cwd: fileURLToPath(new URL("..", import.meta.url)) },
  );
  const [code, systemCode, lingered] = JSON.parse(stdout);
  expect([code, systemCode]).toEqual(["network_error", "ECONNREFUSED"]);
  expect(lingered).toBeLessThan(1000);
});

test("a thousand calls on one signal leave no listener and no timer", async () => {
  const { baseUrl } = await serve((request, response) => {
    if (request.headers["x-fail"]) response.writeHead(401).end();
    else answerToken(request, response);
  });
  const client = new ElevenLabsClient({ apiKey: "key", baseUrl });
  const { signal } = new AbortController();
  const before = timers();
  for (let round = 0; round < 100; round++)
    await Promise.allSettled(
      Array.from({ length: 10 }, (_, index) =>
        client.tokens.singleUse.create("realtime_scribe", {
          abortSignal: signal,
          ...(index % 2 ? { headers: { "x-fail": "1" } } : {}),
        }),
      ),
    );
  expect(getEventListeners(signal, "abort")).toHaveLength(0);
  // Timers of the server's and of the connections may come and go; one for each call would be a thousand.
  expect(timers() - before).toBeLessThan(10);
});

test("a call that is aborted during the wait for the next attempt ends at once and isn't sent again", async () => {
  const { baseUrl, requests } = await serve((_, response) => {
    response.writeHead(503, { "retry-after": "20" }).end();
  });
  const client = new ElevenLabsClient({ apiKey: "key", baseUrl });
  const controller = new AbortController();
  const before = timers();
  const call = caught(client.tokens.singleUse.create("realtime_scribe", { abortSignal: controller.signal }));
  await expect.poll(() => requests.length).toBe(1);
  await new Promise((resolve) => setTimeout(resolve, 50));
  const abortedAt = performance.now();
  controller.abort();
  const error = await call;
  expect(performance.now() - abortedAt).toBeLessThan(50);
  expect(error).toMatchObject({ code: "aborted", cause: { name: "AbortError" } });
  expect(requests).toHaveLength(1);
  expect(timers() - before).toBeLessThan(3);
});

test.each([
  ["while the server is silent", () => {}],
  [
    "while the body is under way",
    (_: unknown, response: { writeHead(status: number): { flushHeaders(): void } }) =>
      response.writeHead(200).flushHeaders(),
  ],
] as const)("a call that is aborted %s ends at once and closes its connection", async (_, listener) => {
  const { baseUrl, requests, dropped } = await serve(listener);
  const client = new ElevenLabsClient({ apiKey: "key", baseUrl });
  const controller = new AbortController();
  const call = caught(client.tokens.singleUse.create("realtime_scribe", { abortSignal: controller.signal }));
  await expect.poll(() => requests.length).toBe(1);
  controller.abort(new Error("left"));
  expect(await call).toMatchObject({ code: "aborted", cause: new Error("left") });
  await expect.poll(dropped).toBe(1);
});

test("a call with an aborted signal sends nothing", async () => {
  const { baseUrl, requests } = await serve(answerToken);
  const client = new ElevenLabsClient({ apiKey: "key", baseUrl });
  const error = await caught(
    client.tokens.singleUse.create("realtime_scribe", { abortSignal: AbortSignal.abort() }),
  );
  expect(error.code).toBe("aborted");
  expect(requests).toHaveLength(0);
});

test("a key function that never answers is under the deadline too", async () => {
  const client = new ElevenLabsClient({
    apiKey: () => new Promise<string>(() => {}),
    timeoutInSeconds: 0.05,
  });
  expect(await caught(client.tokens.singleUse.create("realtime_scribe"))).toMatchObject({
    name: "ElevenLabsTimeoutError",
    code: "timeout",
  });
});

test("three attempts use one connection", async () => {
  let attempts = 0;
  const { baseUrl, requests, connections } = await serve((request, response) => {
    attempts += 1;
    if (attempts === 3) answerToken(request, response);
    else
      response.writeHead(503, { "x-ratelimit-reset": `${Date.now() / 1000 + 0.2}` }).end("x".repeat(30_000));
  });
  const client = new ElevenLabsClient({ apiKey: "key", baseUrl });
  expect(await client.tokens.singleUse.create("realtime_scribe")).toEqual({ token: "sutkn_1234567890" });
  expect([requests.length, connections()]).toEqual([3, 1]);
});

test("with maxRetries 0 one request is sent, whatever comes back", async () => {
  const { baseUrl, requests } = await serve((_, response) => {
    response.writeHead(500, { "retry-after": "0" }).end();
  });
  const client = new ElevenLabsClient({ apiKey: "key", baseUrl, maxRetries: 0 });
  expect(await caught(client.tokens.singleUse.create("realtime_scribe"))).toMatchObject({ statusCode: 500 });
  expect(requests).toHaveLength(1);
});

test("by default two more attempts follow", async () => {
  const { baseUrl, requests } = await serve((_, response) => {
    response.writeHead(500, { "retry-after": "0" }).end();
  });
  await caught(new ElevenLabsClient({ apiKey: "key", baseUrl }).tokens.singleUse.create("realtime_scribe"));
  expect(requests).toHaveLength(3);
});
