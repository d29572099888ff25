import { connect, createServer, type Http2Server } from "node:http2";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type {
  Authorization,
  TokenClient,
  TokenEndpointEvent,
  TokenEndpointOptions,
} from "../../../src/token-endpoint/index.ts";
import { createTokenEndpoint } from "../../../src/token-endpoint/index.ts";
import { endpointPath, pageOrigin, tokenRequest } from "./start-endpoint.ts";

const rejections: unknown[] = [];
const remember = (reason: unknown) => void rejections.push(reason);
beforeAll(() => void process.on("unhandledRejection", remember));
afterAll(() => void process.off("unhandledRejection", remember));
afterEach(async () => {
  // A rejection that nobody handles is told after the promises of this turn.
  await new Promise((resolve) => setImmediate(resolve));
  expect(rejections.splice(0)).toEqual([]);
});

/** A provider without a network that counts; with `isHanging` it answers never. */
function provider(isHanging = false) {
  const calls: AbortSignal[] = [];
  const client: TokenClient = {
    tokens: {
      singleUse: {
        create(_, { abortSignal }) {
          calls.push(abortSignal);
          return isHanging ? new Promise(() => {}) : Promise.resolve({ token: `sutkn_${calls.length}` });
        },
      },
    },
  };
  return { client, calls };
}

function endpoint(client: TokenClient, options: Partial<TokenEndpointOptions> = {}) {
  const events: TokenEndpointEvent[] = [];
  const ask = createTokenEndpoint({
    client,
    tokenTypes: ["realtime_scribe"],
    allowedOrigins: [pageOrigin],
    authorize: () => ({ id: "ada" }),
    onEvent: (event) => void events.push(event),
    ...options,
  });
  return { ask, events };
}

const address = "http://127.0.0.1";

test("each of 5,000 concurrent callers gets a response, whoever hangs, throws or leaves, and nothing is left behind", async () => {
  const { client, calls } = provider();
  const leave: (() => void)[] = [];
  const authorize = (request: Request): Authorization | Promise<Authorization> => {
    const visitor = Number(request.headers.get("x-visitor"));
    if (visitor % 5 === 1) throw new Error("the database is down");
    if (visitor % 5 === 2) return new Promise(() => {});
    if (visitor % 5 === 3) return new Promise((resolve) => setTimeout(resolve, 5, { id: `${visitor}` }));
    return { id: `${visitor}` };
  };
  const { ask, events } = endpoint(client, { authorize, hookTimeoutInSeconds: 0.5 });
  const statuses: Record<number, number> = {};
  const tokens = new Set<string>();
  const answers = Array.from({ length: 5_000 }, async (_, visitor) => {
    const headers = { "x-visitor": String(visitor) };
    const left = new AbortController();
    if (visitor % 5 === 4) leave.push(() => left.abort());
    const response = await ask(tokenRequest(address, { headers, signal: left.signal }));
    statuses[response.status] = (statuses[response.status] ?? 0) + 1;
    if (response.ok) tokens.add((await response.json()).token);
  });
  for (const go of leave) go();
  await Promise.all(answers);
  // 0 and 3 are given tokens, 1 isn't known, 2 took too long, 4 has left.
  expect(statuses).toEqual({ 200: 2_000, 401: 1_000, 500: 1_000, 503: 1_000 });
  expect([tokens.size, calls.length, events.length]).toEqual([2_000, 2_000, 5_000]);
  const timers = process.getActiveResourcesInfo().filter((resource) => resource === "Timeout");
  expect(timers.length).toBeLessThan(100);
});

describe("a page of another origin", () => {
  const form = "application/x-www-form-urlencoded";
  test.each([
    ["a form", { "content-type": form }, "token_type=realtime_scribe"],
    ["plain text", { "content-type": "text/plain" }, '{"token_type":"realtime_scribe"}'],
    [
      "plain text with form's charset",
      { "content-type": `${form};charset=utf-8` },
      "token_type=realtime_scribe",
    ],
    ["nothing said of the body", { "content-type": undefined }, '{"token_type":"realtime_scribe"}'],
    ["an opaque origin", { origin: "null" }, '{"token_type":"realtime_scribe"}'],
    ["no Origin, by Fetch Metadata", { origin: undefined, "sec-fetch-site": "cross-site" }, "{}"],
    ["an origin that begins alike", { origin: `${pageOrigin}.evil.test` }, "{}"],
    ["an origin with a path", { origin: `${pageOrigin}/` }, "{}"],
  ])("is refused before anybody is asked: %s", async (_, headers, body) => {
    const { client, calls } = provider();
    let asked = 0;
    const { ask } = endpoint(client, {
      authorize: () => {
        asked += 1;
        return { id: "ada" };
      },
    });
    const response = await ask(
      tokenRequest(address, {
        headers: { origin: "https://evil.test", cookie: "session=ada", ...headers },
        body,
      }),
    );
    expect([response.status, asked, calls.length]).toEqual([403, 0, 0]);
    expect(response.headers.has("access-control-allow-origin")).toBe(false);
  });
});

describe("what authorize does", () => {
  const odd: readonly (readonly [string, number, () => unknown])[] = [
    ["throws nothing", 401, () => Promise.reject()],
    ["throws a text", 401, () => Promise.reject("no")],
    ["returns true", 401, () => true],
    ["returns a caller without an id", 401, () => ({})],
    ["returns an empty id", 401, () => ({ id: "" })],
    ["returns an id that is a number", 401, () => ({ id: 1 })],
    [
      "returns an id that throws",
      500,
      () => ({
        get id() {
          throw new Error("no");
        },
      }),
    ],
    [
      "returns a promise that throws when it is looked at",
      401,
      () =>
        // biome-ignore lint/suspicious/noThenProperty: a thenable that throws is what is tried
        Object.defineProperty({}, "then", {
          get: () => {
            throw new Error("no");
          },
        }),
    ],
    ["never ends", 500, () => new Promise(() => {})],
  ];
  test.each(odd)("%s: %i, and nothing is minted", async (_, status, authorize) => {
    const { client, calls } = provider();
    // The type would refuse these; an application without types has none to refuse them.
    const given = authorize as TokenEndpointOptions["authorize"];
    const { ask } = endpoint(client, { authorize: given, hookTimeoutInSeconds: 0.05 });
    const response = await ask(tokenRequest(address));
    expect([response.status, calls.length]).toEqual([status, 0]);
  });
});

test.each(["__proto__", "constructor", "toString", "hasOwnProperty", "length", "0"])(
  "%s is no type of token, in JSON and in a form",
  async (type) => {
    const { client, calls } = provider();
    const { ask } = endpoint(client);
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const answers = [
      await ask(tokenRequest(address, { body: JSON.stringify({ token_type: type }) })),
      await ask(tokenRequest(address, { body: `{"${type}":"realtime_scribe"}` })),
      await ask(tokenRequest(address, { headers, body: `token_type=${type}` })),
    ];
    expect(answers.map(({ status }) => status)).toEqual([422, 422, 422]);
    expect(calls).toEqual([]);
  },
);

test("no request header reaches an event or a response, so nobody can write into the log", async () => {
  const { client } = provider();
  const { ask, events } = endpoint(client);
  const injected = "forged\u00a0200 minted \u0085 admin";
  for (const name of ["origin", "x-request-id", "x-correlation-id", "traceparent", "user-agent", "referer"]) {
    const headers = {
      [name]: injected,
      "sec-fetch-site": "cross-site",
      origin: name === "origin" ? injected : undefined,
    };
    const response = await ask(tokenRequest(address, { headers }));
    expect(response.status).toBe(403);
    expect(JSON.stringify([...response.headers]) + (await response.text())).not.toContain("forged");
  }
  expect(events).toHaveLength(6);
  for (const { instance, ...event } of events) {
    expect(instance).toMatch(/^urn:uuid:[0-9a-f-]{36}$/);
    expect(event).toEqual({ outcome: "origin-not-allowed", status: 403, durationMs: expect.any(Number) });
  }
});

describe("over HTTP/2", () => {
  const servers: Http2Server[] = [];
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
  });

  async function served(client: TokenClient) {
    const { ask, events } = endpoint(client);
    const server = createServer(getRequestListener(ask, { overrideGlobalObjects: false }));
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    // A server that listens on a port has an address with a port.
    const session = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    return { session, events };
  }

  const post = { ":method": "POST", ":path": endpointPath, "content-type": "application/json" };

  test("a caller gets a token, and a page of another origin doesn't", async () => {
    const { client, calls } = provider();
    const { session } = await served(client);
    const statuses = await Promise.all(
      [pageOrigin, "https://evil.test"].map(
        (origin) =>
          new Promise((resolve, reject) => {
            const stream = session.request({ ...post, origin });
            stream.on("response", (headers) => resolve(headers[":status"])).on("error", reject);
            stream.end('{"token_type":"realtime_scribe"}');
            stream.resume();
          }),
      ),
    );
    session.close();
    expect([statuses, calls.length]).toEqual([[200, 403], 1]);
  });

  test("a caller who resets the stream while a token is minted ends the call upstream", async () => {
    const { client, calls } = provider(true);
    const { session, events } = await served(client);
    const stream = session.request({ ...post, origin: pageOrigin });
    stream.on("error", () => {});
    stream.end('{"token_type":"realtime_scribe"}');
    await expect.poll(() => calls.length).toBe(1);
    stream.close(8);
    await expect.poll(() => calls[0]?.aborted).toBe(true);
    await expect.poll(() => events.map(({ outcome }) => outcome)).toEqual(["caller-left"]);
    session.close();
  });
});
