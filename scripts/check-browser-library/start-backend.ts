import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";
import { ElevenLabsClient, SingleUseTokenType } from "../../src/index.ts";
import { movableClock } from "../../src/simulator/movable-clock.ts";
import { startSimulator } from "../../src/simulator/start-simulator.ts";
import { tokenLifetimeMs } from "../../src/simulator/token-ledger.ts";
import { createTokenEndpoint } from "../../src/token-endpoint/index.ts";

/** An application as its visitors see it: a page with scripts, a token endpoint, and a simulated provider behind it. */
export interface Backend {
  readonly address: string;
  /** Of the simulator, or of what stands before it. */
  readonly providerAddress: string;
  readonly webSocketAddress: string;
  switchFaults(ids: readonly string[]): void;
  /** Every token so far has expired from now on. */
  expireTokens(): void;
  close(): Promise<void>;
}

/**
 * @param scripts - Files by the names that the page asks for; each is loaded by the page at `/`.
 * @param before - Puts something before the simulator; everybody asks at the address that it returns.
 */
export async function startBackend(
  scripts: Readonly<Record<string, string>>,
  before: (address: string) => Promise<string> = async (address) => address,
): Promise<Backend> {
  const clock = movableClock();
  const simulator = await startSimulator({ clock });
  const provider = await before(simulator.address);
  const app = new Hono();
  const server = createServer(
    getRequestListener((request) => app.fetch(request), { overrideGlobalObjects: false }),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A server that listens on a port has an address with a port.
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const tokenEndpoint = createTokenEndpoint({
    client: new ElevenLabsClient({ apiKey: "key", baseUrl: provider }),
    tokenTypes: Object.values(SingleUseTokenType),
    allowedOrigins: [address],
    authorize: (request) =>
      request.headers.get("authorization") === "Bearer visitor" ? { id: "visitor" } : null,
  });
  app.all("/api/single-use-token", (context) => tokenEndpoint(context.req.raw));
  const tags = Object.keys(scripts).map((name) => `<script src="/${name}"></script>`);
  app.get("/", (context) =>
    context.html(`<!doctype html><title>Scenes</title><div id="root"></div>${tags.join("")}`),
  );
  app.get("/favicon.ico", (context) => context.body(null, 204));
  app.get("/:name", async (context) => {
    const path = scripts[context.req.param("name")];
    if (path === undefined) return context.notFound();
    return context.body(await readFile(path, "utf8"), 200, {
      "content-type": "text/javascript; charset=utf-8",
    });
  });

  return {
    address,
    providerAddress: provider,
    webSocketAddress: provider.replace(/^http/, "ws"),
    switchFaults: (ids) => simulator.switchFaults(ids),
    expireTokens: () => clock.advance(tokenLifetimeMs),
    async close() {
      server.close();
      server.closeAllConnections();
      await simulator.close();
    },
  };
}

/** Asks the endpoint for a token, as a page does. Runs in Node and, as text, in a page. */
export async function askForToken(address: string, type: string): Promise<string> {
  const response = await fetch(`${address}/api/single-use-token`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: "Bearer visitor" },
    body: JSON.stringify({ token_type: type }),
  });
  const answer: { token?: string; detail?: string } = await response.json();
  if (answer.token === undefined) throw new Error(`no token of type ${type}: ${answer.detail}`);
  return answer.token;
}
