import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { ElevenLabsClient } from "../../../src/index.ts";
import { tokenTypes } from "../../../src/simulator/token-contract.ts";
import {
  createTokenEndpoint,
  type TokenEndpointEvent,
  type TokenEndpointOptions,
} from "../../../src/token-endpoint/index.ts";

export const endpointPath = "/api/single-use-token";
export const pageOrigin = "https://app.example";
export const apiKey = "sk_canary_0123456789abcdef";
export const session = "session_canary_ada";

export interface RunningEndpoint {
  /** Base URL without a trailing slash. */
  readonly address: string;
  /** The endpoint as a function, without a socket before it. */
  readonly ask: (request: Request) => Promise<Response>;
  readonly events: readonly TokenEndpointEvent[];
  close(): Promise<void>;
}

/** A token endpoint on loopback in front of the provider at that address, for callers with the {@link session}. */
export async function startEndpoint(
  providerAddress: string,
  options: Partial<TokenEndpointOptions> = {},
): Promise<RunningEndpoint> {
  const events: TokenEndpointEvent[] = [];
  const ask = createTokenEndpoint({
    client: new ElevenLabsClient({ apiKey, baseUrl: providerAddress }),
    authorize: (request) =>
      request.headers.get("authorization") === `Bearer ${session}` ? { id: "ada" } : null,
    // The types of the imported page, whichever they are.
    tokenTypes: tokenTypes as TokenEndpointOptions["tokenTypes"],
    allowedOrigins: [pageOrigin],
    onEvent: (event) => events.push(event),
    ...options,
  });

  const server = createServer(getRequestListener(ask, { overrideGlobalObjects: false }));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A server that listens on a port has an address with a port.
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}`,
    ask,
    events,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A good request for a token, changed as told; a header of `undefined` is left out. */
export function tokenRequest(
  address: string,
  {
    headers = {},
    ...init
  }: Omit<RequestInit, "headers"> & { headers?: Record<string, string | undefined> } = {},
): Request {
  const { method = "POST" } = init;
  const all = {
    origin: pageOrigin,
    authorization: `Bearer ${session}`,
    "content-type": "application/json",
    ...headers,
  };
  return new Request(address + endpointPath, {
    method,
    body: method === "POST" ? '{"token_type":"realtime_scribe"}' : null,
    ...init,
    // Node's fetch is no browser: it sends the Origin that it is given.
    headers: Object.entries(all).filter((header): header is [string, string] => header[1] !== undefined),
  });
}
