import { createServer, type Server } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { sign } from "hono/jwt";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { server as contractServer } from "../../../generated/operations.ts";
import { type Simulator, startSimulator } from "../../../src/simulator/start-simulator.ts";
import { apiKey, endpointPath } from "./start-endpoint.ts";

const origin = "https://app.example";
const sessionSecret = "a secret of at least thirty-two bytes";

let simulator: Simulator;
const servers: Server[] = [];
/** Each example as something that answers requests. */
const examples = new Map<string, (request: Request) => Promise<Response>>();
let credentials: (visitor: string, example: string) => Promise<Record<string, string>>;

/** An example behind a socket of its own. */
async function listening(server: Server): Promise<(request: Request) => Promise<Response>> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  servers.push(server);
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return (request) => fetch(new Request(`http://127.0.0.1:${port}${new URL(request.url).pathname}`, request));
}

beforeAll(async () => {
  simulator = await startSimulator({ apiKeys: [apiKey] });
  vi.stubEnv("ELEVENLABS_API_KEY", apiKey);
  // The examples name no address: what is meant for the documented server goes to the simulator.
  const { fetch } = globalThis;
  vi.stubGlobal("fetch", (input: string | URL | Request, init?: RequestInit) => {
    const url = input instanceof Request ? input.url : String(input);
    if (!url.startsWith(contractServer)) return fetch(input, init);
    const there = url.replace(contractServer, simulator.address);
    return fetch(input instanceof Request ? new Request(there, input) : there, init);
  });

  const [{ sessions }, express, hono, nodeHttp, next, worker] = await Promise.all([
    import("../../../docs/examples/sessions.ts"),
    import("../../../docs/examples/express.ts"),
    import("../../../docs/examples/hono.ts"),
    import("../../../docs/examples/node-http.ts"),
    import("../../../docs/examples/next/app/api/single-use-token/route.ts"),
    import("../../../docs/examples/worker.ts"),
  ]);
  credentials = async (visitor, example): Promise<Record<string, string>> => {
    if (example === "Workers")
      return { authorization: `Bearer ${await sign({ sub: visitor }, sessionSecret, "HS256")}` };
    sessions.set(`session-of-${visitor}`, visitor);
    return { cookie: `theme=dark; session=session-of-${visitor}` };
  };
  examples.set("node:http", await listening(nodeHttp.server));
  examples.set("Express", await listening(createServer(express.app)));
  examples.set("Hono", await listening(createServer(getRequestListener(hono.app.fetch))));
  examples.set("Next.js", next.POST);
  const env = { ELEVENLABS_API_KEY: apiKey, SESSION_SECRET: sessionSecret, APP_ORIGIN: origin };
  examples.set("Workers", (request) => worker.default.fetch(request, env));
}, 30_000);
afterAll(async () => {
  for (const server of servers) server.close().closeAllConnections();
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
  await simulator.close();
});

async function ask(
  example: string,
  headers: Record<string, string>,
  init: RequestInit = {},
): Promise<Response> {
  const answer = examples.get(example);
  if (!answer) throw new Error(`there is no example for ${example}`);
  const all = { origin, "content-type": "application/json", ...headers };
  const body = init.method === "GET" ? null : '{"token_type":"realtime_scribe"}';
  return answer(
    new Request(`http://localhost${endpointPath}`, { method: "POST", body, ...init, headers: all }),
  );
}

describe.each(["node:http", "Express", "Hono", "Next.js", "Workers"])("the example for %s", (example) => {
  test("gives a visitor a token", async () => {
    const response = await ask(example, await credentials(`ada-${example}`, example));
    expect([response.status, await response.json()]).toEqual([
      200,
      { token: expect.stringMatching(/^sutkn_/) },
    ]);
    expect(response.headers.get("access-control-allow-origin")).toBe(origin);
    expect(response.headers.get("cache-control")).toBe("no-store");
  });

  test("refuses strangers, foreign pages and GET, and mints nothing", async () => {
    const before = simulator.tokensRemembered;
    const signedIn = await credentials(`bob-${example}`, example);
    const refusals = await Promise.all([
      ask(example, {}),
      ask(example, { ...signedIn, origin: "https://evil.test" }),
      ask(example, signedIn, { method: "GET" }),
    ]);
    expect(refusals.map(({ status }) => status)).toEqual([401, 403, 405]);
    expect(simulator.tokensRemembered).toBe(before);
  });
});

test.each(["node:http", "Express", "Hono", "Next.js"])(
  "the example for %s makes a visitor wait who asks too often",
  async (example) => {
    const signedIn = await credentials(`eve-${example}`, example);
    const responses = await Promise.all(Array.from({ length: 11 }, () => ask(example, signedIn)));
    const limited = responses.filter(({ status }) => status === 429);
    expect([limited.length, Number(limited[0]?.headers.get("retry-after"))]).toEqual([1, expect.any(Number)]);
  },
);
