import { connect } from "node:net";
import { inspect } from "node:util";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { Answer } from "../../../src/simulator/handler.ts";
import { serve } from "../../../src/simulator/serve.ts";
import { startSimulator } from "../../../src/simulator/start-simulator.ts";
import type { TokenEndpointOptions } from "../../../src/token-endpoint/index.ts";
import { startHangingProvider } from "./hanging-provider.ts";
import { apiKey, endpointPath, pageOrigin, session, startEndpoint, tokenRequest } from "./start-endpoint.ts";

const running: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()));
});

function closing<T extends { close(): Promise<void> }>(server: T): T {
  running.push(server);
  return server;
}

async function endpointAndProvider(options?: Partial<TokenEndpointOptions>) {
  const simulator = closing(await startSimulator({ apiKeys: [apiKey] }));
  const endpoint = closing(await startEndpoint(simulator.address, options));
  return { simulator, ...endpoint };
}

/** A provider that answers every create like this. */
async function endpointBefore(answer: Answer, options?: Partial<TokenEndpointOptions>) {
  const provider = closing(await serve(() => answer));
  return closing(await startEndpoint(provider.address, options));
}

describe("mistake 1: callers aren't authenticated", () => {
  test.each([undefined, "", "Bearer", "Bearer wrong", `Basic ${session}`])(
    "Authorization: %s gets 401 and mints nothing",
    async (authorization) => {
      const { address, simulator } = await endpointAndProvider();
      const response = await fetch(tokenRequest(address, { headers: { authorization } }));
      expect([response.status, response.headers.get("www-authenticate")]).toEqual([401, "Bearer"]);
      expect(simulator.tokensRemembered).toBe(0);
    },
  );

  test("an endpoint without authorize can't be made", async () => {
    await expect(startEndpoint("http://127.0.0.1:1", { authorize: undefined as never })).rejects.toThrow(
      "authorize must be a function",
    );
  });
});

describe("mistake 2: a token is minted on GET", () => {
  test.each(["GET", "HEAD", "PUT", "PATCH", "DELETE"])(
    "%s gets 405 with Allow and mints nothing",
    async (method) => {
      const { address, simulator } = await endpointAndProvider();
      const response = await fetch(tokenRequest(address, { method }));
      expect([response.status, response.headers.get("allow")]).toEqual([405, "POST, OPTIONS"]);
      expect(simulator.tokensRemembered).toBe(0);
    },
  );
});

describe("mistake 3: the answer may be cached", () => {
  test("every answer forbids it, and varies by origin", async () => {
    const { address } = await endpointAndProvider();
    const asked = [
      tokenRequest(address),
      tokenRequest(address, { method: "GET" }),
      tokenRequest(address, { method: "OPTIONS" }),
      tokenRequest(address, { headers: { origin: "https://evil.test" } }),
      tokenRequest(address, { headers: { authorization: undefined } }),
      tokenRequest(address, { headers: { "content-type": "text/plain" } }),
      tokenRequest(address, { body: "{" }),
      tokenRequest(address, { body: "{}" }),
      tokenRequest(address, { body: " ".repeat(1025) }),
    ];
    const responses = await Promise.all(asked.map((request) => fetch(request)));
    expect(responses.map(({ status }) => status)).toEqual([200, 405, 204, 403, 401, 415, 400, 422, 413]);
    for (const { headers } of responses) {
      expect([headers.get("cache-control"), headers.get("vary")]).toEqual(["no-store", "Origin"]);
    }
  });
});

describe("mistake 4: the call upstream is not bounded", () => {
  test("a hanging provider is abandoned, and its connection closed", async () => {
    const provider = closing(await startHangingProvider());
    const { address, events } = closing(
      await startEndpoint(provider.address, { upstreamTimeoutInSeconds: 0.1 }),
    );
    const response = await fetch(tokenRequest(address));
    expect(response.status).toBe(503);
    await provider.until(({ open }) => open === 0);
    expect([provider.arrived, events[0]?.outcome]).toEqual([1, "provider-unavailable"]);
  });

  test("a caller that disconnects leaves no request running upstream", async () => {
    const provider = closing(await startHangingProvider());
    const { address, events } = closing(await startEndpoint(provider.address));
    const { port, hostname, host } = new URL(address);
    const body = '{"token_type":"realtime_scribe"}';
    const callers = Array.from({ length: 20 }, () => {
      const socket = connect(Number(port), hostname);
      socket.write(
        `POST ${endpointPath} HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${session}\r\n` +
          `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
      );
      return socket;
    });
    await provider.until(({ open }) => open === 20);

    for (const socket of callers) socket.destroy();

    await provider.until(({ open }) => open === 0);
    await vi.waitFor(() => expect(events).toHaveLength(20));
    expect(new Set(events.map(({ outcome }) => outcome))).toEqual(new Set(["caller-left"]));
    expect(provider.arrived).toBe(20);
  });
});

describe("mistake 5: pages of any origin may ask", () => {
  test.each([
    "https://evil.test",
    "null",
    "http://app.example",
    `${pageOrigin}.evil.test`,
    `${pageOrigin}:8443`,
  ])("Origin: %s gets 403, no CORS header, and mints nothing", async (origin) => {
    const { address, simulator } = await endpointAndProvider();
    for (const method of ["POST", "OPTIONS"]) {
      const response = await fetch(tokenRequest(address, { method, headers: { origin } }));
      expect([response.status, response.headers.get("access-control-allow-origin")]).toEqual([403, null]);
    }
    expect(simulator.tokensRemembered).toBe(0);
  });

  test("a wildcard can't be listed", async () => {
    await expect(startEndpoint("http://127.0.0.1:1", { allowedOrigins: ["*"] })).rejects.toThrow(
      'must not contain "*"',
    );
  });
});

describe("mistake 6: the provider's error is passed on", () => {
  const leak = `your key ${apiKey} is out of credit`;
  const json = { "content-type": "application/json" };

  test.each<[string, number, Answer]>([
    ["401", 502, { status: 401, headers: json, body: JSON.stringify({ detail: { message: leak } }) }],
    ["422", 502, { status: 422, headers: json, body: JSON.stringify({ detail: [{ msg: leak }] }) }],
    ["500 in HTML", 502, { status: 500, headers: { "content-type": "text/html" }, body: `<p>${leak}</p>` }],
    ["a redirect", 502, { status: 307, headers: { location: `http://evil.test/?${apiKey}` }, body: "" }],
    ["200 without a token", 502, { status: 200, headers: json, body: JSON.stringify({ note: leak }) }],
    ["200 in no JSON", 502, { status: 200, headers: json, body: leak }],
    ["503", 503, { status: 503, headers: { "x-debug": leak }, body: leak }],
    ["a reset", 503, { status: 200, headers: {}, body: "", wire: { reset: true } }],
    ["a cut", 503, { status: 200, headers: json, body: '{"token":"sutkn_1"}', wire: { cutAfterBytes: 5 } }],
  ])("%s becomes a generic %i with a correlation id", async (_, status, answer) => {
    const { address, events } = await endpointBefore(answer);
    const response = await fetch(tokenRequest(address));
    const text = await response.text();
    const seen = text + JSON.stringify([...response.headers]) + inspect(events, { depth: null });

    expect([response.status, response.headers.get("content-type")]).toEqual([
      status,
      "application/problem+json",
    ]);
    expect(JSON.parse(text)).toMatchObject({ instance: events[0]?.instance, status });
    expect(seen).not.toContain(apiKey);
    expect(seen).not.toContain("credit");
  });

  test("429 stays 429, with its Retry-After and without its body", async () => {
    const { address } = await endpointBefore({ status: 429, headers: { "retry-after": "7" }, body: leak });
    const response = await fetch(tokenRequest(address));
    expect([response.status, response.headers.get("retry-after")]).toEqual([429, "7"]);
    expect(await response.text()).not.toContain(apiKey);
  });

  test("a failing provider is asked once", async () => {
    let asked = 0;
    const provider = closing(
      await serve(() => {
        asked += 1;
        return { status: 500, headers: {}, body: "" };
      }),
    );
    const { address } = closing(await startEndpoint(provider.address));
    await fetch(tokenRequest(address));
    expect(asked).toBe(1);
  });
});

describe("mistake 7: two callers get one token", () => {
  test("1,000 concurrent callers get 1,000 different tokens", { timeout: 60_000 }, async () => {
    // The last of them waits for the other 999, which a busy machine may not do in the default ten seconds.
    const { ask, address, simulator } = await endpointAndProvider({ upstreamTimeoutInSeconds: 50 });
    const responses = await Promise.all(Array.from({ length: 1_000 }, () => ask(tokenRequest(address))));
    const bodies = await Promise.all(responses.map((response) => response.text()));
    expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(bodies).size).toBe(1_000);
    expect(simulator.tokensRemembered).toBe(1_000);
  });
});

describe("mistake 8: a page gets whatever type of token it names", () => {
  test.each([
    "tts_websocket",
    "batch_scribe",
    "REALTIME_SCRIBE",
    "realtime_scribe ",
    "../voices",
    "",
    "realtime_scribe\0",
  ])("%j is refused where realtime_scribe alone is offered", async (token_type) => {
    const { address, simulator } = await endpointAndProvider({ tokenTypes: ["realtime_scribe"] });
    const response = await fetch(tokenRequest(address, { body: JSON.stringify({ token_type }) }));
    expect([response.status, simulator.tokensRemembered]).toEqual([422, 0]);
  });
});

describe("mistake 9: a response or a log contains a secret", () => {
  test("the key is in no answer and no event, a token in its own answer alone, and the console stays silent", async () => {
    const printed: unknown[] = [];
    const spies = (["log", "info", "warn", "error", "debug"] as const).map((level) =>
      vi.spyOn(console, level).mockImplementation((...words) => void printed.push(...words)),
    );
    const { address, events } = await endpointAndProvider();
    const refused = closing(await startEndpoint("http://127.0.0.1:1"));
    const responses = await Promise.all([
      fetch(tokenRequest(address)),
      fetch(tokenRequest(address, { body: "{" })),
      fetch(tokenRequest(address, { headers: { authorization: "Bearer wrong_canary" } })),
      fetch(tokenRequest(refused.address)),
    ]);
    const [minted, ...others] = await Promise.all(responses.map((response) => response.text()));
    for (const spy of spies) spy.mockRestore();

    const token = JSON.parse(minted ?? "").token;
    const told = inspect([events, refused.events], { depth: null });
    const headers = JSON.stringify(responses.map((response) => [...response.headers]));
    expect(responses.map(({ status }) => status)).toEqual([200, 400, 401, 503]);
    for (const secret of [apiKey, session, "wrong_canary"]) {
      expect(told + headers + minted + others.join("")).not.toContain(secret);
    }
    expect(told + headers + others.join("")).not.toContain(token);
    expect(printed).toEqual([]);
  });
});
