import { describe, expect, test } from "vitest";
import { createTokenEndpoint } from "./create-token-endpoint.ts";
import type { TokenClient, TokenEndpointEvent, TokenEndpointOptions } from "./token-endpoint-options.ts";

const origin = "https://app.example";

function client(create: TokenClient["tokens"]["singleUse"]["create"]): TokenClient {
  return { tokens: { singleUse: { create } } };
}

function endpoint(options: Partial<TokenEndpointOptions> = {}) {
  const events: TokenEndpointEvent[] = [];
  const ask = createTokenEndpoint({
    client: client(async (type) => ({ token: `token for ${type}` })),
    authorize: () => ({ id: "ada" }),
    tokenTypes: ["realtime_scribe"],
    allowedOrigins: [origin],
    onEvent: (event) => events.push(event),
    ...options,
  });
  return { ask, events };
}

function request(init: RequestInit & { headers?: Record<string, string> } = {}): Request {
  return new Request("https://api.example/token", {
    method: "POST",
    body: init.method && init.method !== "POST" ? null : '{"token_type":"realtime_scribe"}',
    ...init,
    headers: { origin, "content-type": "application/json", ...init.headers },
  });
}

describe("a token endpoint", () => {
  test("issues a token, and lets nobody cache the response", async () => {
    const { ask, events } = endpoint();
    const response = await ask(request());
    expect([response.status, await response.json()]).toEqual([200, { token: "token for realtime_scribe" }]);
    expect(Object.fromEntries(response.headers)).toEqual({
      "access-control-allow-origin": origin,
      "access-control-expose-headers": "retry-after",
      "cache-control": "no-store",
      "content-type": "application/json",
      vary: "Origin",
      "x-content-type-options": "nosniff",
    });
    expect(events).toEqual([
      {
        outcome: "minted",
        status: 200,
        instance: expect.stringMatching(/^urn:uuid:[0-9a-f-]{36}$/),
        callerId: "ada",
        tokenType: "realtime_scribe",
        durationMs: expect.any(Number),
      },
    ]);
  });

  test("takes a form as well", async () => {
    const response = await endpoint().ask(
      request({
        body: new URLSearchParams({ token_type: "realtime_scribe" }).toString(),
        headers: { "content-type": "application/x-www-form-urlencoded" },
      }),
    );
    expect(response.status).toBe(200);
  });

  test("answers a preflight of a listed origin, and of no other", async () => {
    const { ask } = endpoint({ allowCredentials: true });
    const preflight = (from: string) =>
      request({ method: "OPTIONS", headers: { origin: from, "access-control-request-method": "POST" } });
    const allowed = await ask(preflight(origin));
    expect([allowed.status, await allowed.text()]).toEqual([204, ""]);
    expect(Object.fromEntries(allowed.headers)).toMatchObject({
      allow: "POST, OPTIONS",
      "access-control-allow-origin": origin,
      "access-control-allow-methods": "POST",
      "access-control-allow-headers": "authorization, content-type",
      "access-control-allow-credentials": "true",
      "access-control-max-age": "600",
      vary: "Origin",
    });
    const refused = await ask(preflight("https://evil.test"));
    expect([refused.status, refused.headers.get("access-control-allow-origin")]).toEqual([403, null]);
  });

  test.each([
    ["forbidden" as const, 403, "forbidden"],
    [null, 401, "not-signed-in"],
    [undefined, 401, "not-signed-in"],
    [false as const, 401, "not-signed-in"],
    [{ id: "" }, 401, "not-signed-in"],
    [true as never, 401, "not-signed-in"],
    ["yes" as never, 401, "not-signed-in"],
  ])(
    "authorize returning %j refuses with %i before anything is minted",
    async (authorization, status, code) => {
      let mints = 0;
      const { ask } = endpoint({
        authorize: () => authorization,
        client: client(async () => {
          mints += 1;
          return { token: "t" };
        }),
      });
      const response = await ask(request());
      expect([response.status, await response.json(), mints]).toEqual([
        status,
        expect.objectContaining({ code }),
        0,
      ]);
      expect(response.headers.get("www-authenticate")).toBe(status === 401 ? "Bearer" : null);
    },
  );

  test("authorize throwing refuses with 401, and the log gets what was thrown", async () => {
    const cause = new Error("session store is down");
    const { ask, events } = endpoint({
      authorize: () => {
        throw cause;
      },
    });
    const response = await ask(request());
    expect([response.status, JSON.stringify(await response.json())]).toEqual([
      401,
      expect.not.stringContaining("store"),
    ]);
    expect(events).toMatchObject([{ outcome: "not-signed-in", hook: { name: "authorize", cause } }]);
  });

  test("the rate limit is asked last, and answers 429 with Retry-After", async () => {
    const asked: string[] = [];
    const { ask } = endpoint({
      rateLimit: ({ id }) => {
        asked.push(id);
        return { retryAfterSeconds: 2.1 };
      },
    });
    const refused = await ask(request({ body: '{"token_type":"other"}' }));
    const limited = await ask(request());
    expect([refused.status, limited.status, limited.headers.get("retry-after"), asked]).toEqual([
      422,
      429,
      "3",
      ["ada"],
    ]);
  });

  test("a rate limit that fails refuses", async () => {
    const { ask, events } = endpoint({ rateLimit: () => Promise.reject(new Error("redis is down")) });
    expect((await ask(request())).status).toBe(500);
    expect(events).toMatchObject([{ outcome: "internal-error", hook: { name: "rateLimit" } }]);
  });

  test("a body that authorize has read is an internal error, not a token", async () => {
    const { ask } = endpoint({
      authorize: async (asked) => {
        await asked.text();
        return { id: "ada" };
      },
    });
    expect((await ask(request())).status).toBe(500);
  });

  test("a client that ignores its signal is abandoned in time", async () => {
    const { ask, events } = endpoint({
      client: client(() => new Promise(() => {})),
      upstreamTimeoutInSeconds: 0.02,
    });
    expect((await ask(request())).status).toBe(503);
    expect(events).toMatchObject([{ outcome: "provider-unavailable", upstream: { name: "Error" } }]);
  });

  test.each([undefined, null, "", 5, {}])(
    "a client that resolves to the token %j is a failed provider",
    async (token) => {
      const { ask } = endpoint({ client: client(async () => ({ token: token as never })) });
      expect((await ask(request())).status).toBe(502);
    },
  );

  test("a caller who has left before the call starts nothing upstream", async () => {
    let mints = 0;
    const { ask, events } = endpoint({
      client: client(async () => {
        mints += 1;
        return { token: "t" };
      }),
    });
    const left = new AbortController();
    const asked = request({ signal: left.signal });
    left.abort();
    await ask(asked);
    expect([mints, events.map(({ outcome }) => outcome)]).toEqual([0, ["caller-left"]]);
  });

  test("a log that throws changes nothing", async () => {
    const { ask } = endpoint({
      onEvent: () => {
        throw new Error("disk full");
      },
    });
    expect((await ask(request())).status).toBe(200);
  });

  test("problems are problem details, with the id that the log has too", async () => {
    const { ask, events } = endpoint();
    const response = await ask(request({ method: "GET" }));
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(await response.json()).toEqual({
      type: "about:blank",
      title: "Method Not Allowed",
      status: 405,
      detail: "Request a token with POST.",
      code: "method-not-allowed",
      instance: events[0]?.instance,
    });
  });
});

describe("a token endpoint that is badly treated", () => {
  test("outlives an onEvent that rejects, and one that never ends", async () => {
    const rejected: unknown[] = [];
    const listen = (reason: unknown) => rejected.push(reason);
    process.on("unhandledRejection", listen);
    for (const onEvent of [() => Promise.reject(new Error("no log")), () => new Promise<void>(() => {})])
      expect((await endpoint({ onEvent }).ask(request())).status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 10));
    process.off("unhandledRejection", listen);
    expect(rejected).toEqual([]);
  });

  test.each(["authorize", "rateLimit"] as const)("waits for %s no longer than it may", async (name) => {
    const { ask, events } = endpoint({ [name]: () => new Promise(() => {}), hookTimeoutInSeconds: 0.02 });
    expect((await ask(request())).status).toBe(500);
    expect(events).toMatchObject([{ outcome: "internal-error", hook: { name } }]);
  });

  test.each(["authorize", "rateLimit"] as const)(
    "stops waiting for %s when the caller leaves",
    async (name) => {
      const leaving = new AbortController();
      const { ask, events } = endpoint({ [name]: () => new Promise(() => leaving.abort()) });
      await ask(request({ signal: leaving.signal }));
      expect(events).toMatchObject([{ outcome: "caller-left" }]);
    },
  );

  test.each([
    [Number.POSITIVE_INFINITY, "86400"],
    [1e300, "86400"],
    [Number.NaN, "1"],
    [-5, "1"],
  ])("bounds a wait of %d seconds", async (retryAfterSeconds, sent) => {
    const response = await endpoint({ rateLimit: () => ({ retryAfterSeconds }) }).ask(request());
    expect(response.headers.get("retry-after")).toBe(sent);
  });

  test("refuses a page of another site that sends no Origin", async () => {
    const asked = new Request("https://api.example/token", {
      method: "POST",
      body: '{"token_type":"realtime_scribe"}',
      headers: { "content-type": "application/json", "sec-fetch-site": "cross-site" },
    });
    expect((await endpoint().ask(asked)).status).toBe(403);
  });

  test("isn't opened by a list that is changed later", async () => {
    const allowedOrigins = [origin];
    const { ask } = endpoint({ allowedOrigins });
    allowedOrigins.push("https://evil.example");
    expect((await ask(request({ headers: { origin: "https://evil.example" } }))).status).toBe(403);
  });

  test.each([
    ['{"token_type":"realtime_scribe","token_type":"realtime_scribe"}', 400],
    ['{"token_type":"realtime_scribe","token\\u005ftype":"tts_websocket"}', 400],
    ['{"token_type":"realtime_scribe","a":{"token_type":1},"b":"token_type","c":"\\"token_type\\":"}', 200],
  ])("reads %s", async (body, status) => {
    expect((await endpoint().ask(request({ body }))).status).toBe(status);
  });
});
