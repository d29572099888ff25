import type { RequestListener } from "node:http";
import { inspect } from "node:util";
import { expect, test } from "vitest";
import { ElevenLabsClient, type Logger } from "./index.ts";
import { serve } from "./testing/serve.ts";

/** With everything that is written differently in JSON and in a URL. */
const key = 'canary"key\\/+&%=0123456789';
const token = "sutkn_canarytoken";

const forms = [
  key,
  encodeURIComponent(key),
  encodeURIComponent(key).toLowerCase(),
  JSON.stringify(key).slice(1, -1),
  btoa(key).replace(/=+$/, ""),
  token,
  "canary",
];

/** What an error, a client or a log line shows of itself, in every way that ends up in a log. */
function shown(value: unknown): string {
  const own = value instanceof Error ? [value.message, `${value.stack}`, `${value}`] : [];
  const headers =
    value instanceof Error && "rawResponse" in value
      ? [JSON.stringify([...((value.rawResponse as { headers?: Headers } | undefined)?.headers ?? [])])]
      : [];
  return [
    ...own,
    ...headers,
    inspect(value, { depth: 20, showHidden: true, getters: true }),
    JSON.stringify(value),
  ].join("\n");
}

function expectNoSecret(value: unknown): void {
  const text = typeof value === "string" ? value : shown(value);
  for (const form of forms) expect(text).not.toContain(form);
}

function recorder() {
  const lines: unknown[][] = [];
  const note =
    () =>
    (...line: unknown[]) => {
      lines.push(line);
    };
  const logger: Logger = { debug: note(), info: note(), warn: note(), error: note() };
  return { lines, logger };
}

const echoes = (status: number): readonly (readonly [string, RequestListener])[] =>
  [
    ["as text", key],
    ["percent-encoded", encodeURIComponent(key)],
    ["percent-encoded in lower case", encodeURIComponent(key).toLowerCase()],
    ["in JSON", JSON.stringify({ detail: { message: `bad key ${key}`, [key]: [key] } })],
    [
      "in JSON with \\u escapes",
      `{"detail":"${[...key].map((c) => `\\u00${c.charCodeAt(0).toString(16)}`).join("")}"}`,
    ],
    ["in JSON that is cut off", JSON.stringify({ detail: key }).slice(0, -1)],
    ["in base64", btoa(key)],
    ["next to a token", JSON.stringify({ token, key })],
    ["next to a token in text", `<p>${token}</p><p>${key}</p>`],
  ].map(
    ([name, body]) =>
      [
        `${status} ${name}`,
        (_, response) => {
          response.writeHead(status, `Bad ${encodeURIComponent(key)}`, {
            "x-echo": encodeURIComponent(key),
            "x-token": token,
            location: `https://other.example/?key=${encodeURIComponent(key)}`,
            "retry-after": "0",
          });
          response.end(body);
        },
      ] as const,
  );

test.each([...echoes(401), ...echoes(422), ...echoes(503), ...echoes(302), ...echoes(200)])(
  "a server that echoes the key doesn't make the client tell it: %s",
  async (_, listener) => {
    const { lines, logger } = recorder();
    const { baseUrl } = await serve(listener);
    const client = new ElevenLabsClient({ apiKey: key, baseUrl, logging: logger, headers: { "x-own": "1" } });
    const call = client.tokens.singleUse.create("realtime_scribe");
    const outcome: unknown = await call.then(
      // The one body that conforms to the contract: the token is the caller's then.
      (data) => (data.token === token ? "token" : data),
      (error: unknown) => error,
    );
    expectNoSecret(outcome);
    expectNoSecret(client);
    expectNoSecret(inspect(call, { depth: 9, showHidden: true }));
    expect(lines.length).toBeGreaterThan(1);
    expectNoSecret(lines);
  },
);

test("a fetch whose errors carry the request doesn't make the client tell the key", async () => {
  const { lines, logger } = recorder();
  const fetch: typeof globalThis.fetch = async (url, init) => {
    const headers = Object.fromEntries(new Headers(init?.headers));
    throw Object.assign(new Error(`failed: ${JSON.stringify(headers)}`, { cause: new Error(key) }), {
      url,
      headers,
      init,
    });
  };
  const client = new ElevenLabsClient({ apiKey: key, fetch, maxRetries: 0, logging: logger });
  const error: unknown = await client.tokens.singleUse
    .create("realtime_scribe")
    .catch((reason: unknown) => reason);
  expect(error).toMatchObject({ code: "network_error" });
  expectNoSecret(error);
  expectNoSecret(lines);
});

test("a key that is passed in the token type's place isn't told", async () => {
  const { lines, logger } = recorder();
  const { baseUrl } = await serve((_, response) => {
    response.writeHead(422).end();
  });
  const client = new ElevenLabsClient({ apiKey: "sk_canary", baseUrl, logging: logger });
  // What happens when the arguments are mixed up in JavaScript.
  const error: unknown = await client.tokens.singleUse
    .create("sk_canary" as never)
    .catch((reason: unknown) => reason);
  expectNoSecret({ ...(error as object), rawResponse: undefined });
  expectNoSecret(lines);
});

test("a malformed key isn't told", () => {
  for (const apiKey of ["canary\u0000", "canary key", " canary"])
    try {
      new ElevenLabsClient({ apiKey });
      throw new Error("took a malformed key");
    } catch (error) {
      expect(shown(error)).not.toContain("canary");
    }
});

test("the line before a request and the line after it say what, and no more", async () => {
  const { lines, logger } = recorder();
  const { baseUrl } = await serve((_, response) => {
    response.end(JSON.stringify({ token }));
  });
  const client = new ElevenLabsClient({
    apiKey: key,
    baseUrl,
    logging: { logger, level: "debug", silent: false },
  });
  await client.tokens.singleUse.create("realtime_scribe", { queryParams: { secret: "canary" } });
  expect(lines).toEqual([
    [expect.stringMatching(/^POST \/\S+$/)],
    [expect.stringMatching(/^POST \/\S+: 200$/)],
  ]);
  expectNoSecret(lines);
});
