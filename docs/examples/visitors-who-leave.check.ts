import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { format } from "node:util";
import { getRequestListener } from "@hono/node-server";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { ElevenLabsClient } from "../../src/index.ts";
import { startDemo } from "./demo/start-demo.ts";

/** Everything that was written for people to read, whoever wrote it. */
const written: string[] = [];
const servers: (() => unknown)[] = [];
const ports: Record<string, number> = {};

beforeAll(async () => {
  vi.stubEnv("ELEVENLABS_API_KEY", "sk_a_key");
  // Express prints nothing in tests.
  vi.stubEnv("NODE_ENV", "development");
  for (const name of ["error", "warn", "log"] as const)
    vi.spyOn(console, name).mockImplementation((...words) => void written.push(format(...words)));
  process.on("unhandledRejection", rejected);
  const { server } = await import("./node-http.ts");
  const { app: express } = await import("./express.ts");
  const { app: hono } = await import("./hono.ts");
  ports["node-http.ts"] = await listen(server);
  ports["express.ts"] = await listen(createServer(express));
  ports["hono.ts"] = await listen(createServer(getRequestListener(hono.fetch)));
  // Nobody listens on the discard port.
  const client = new ElevenLabsClient({ apiKey: "sk_a_key", baseUrl: "http://127.0.0.1:9" });
  const demo = await startDemo({ client, socketAddress: "ws://127.0.0.1:9", library: "unused" });
  servers.push(() => demo.close());
  ports["demo"] = Number(new URL(demo.address).port);
});
afterEach(() => {
  written.length = 0;
});
afterAll(async () => {
  process.off("unhandledRejection", rejected);
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  for (const close of servers) await close();
});

function rejected(reason: unknown): void {
  written.push(`unhandled: ${reason}`);
}

async function listen(server: Server): Promise<number> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  servers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  // A server that listens on a port has an AddressInfo.
  return (server.address() as AddressInfo).port;
}

const moments = ["in its head", "in its body", "before the answer"] as const;
const types = ["application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=b"];

async function leave(
  port: number,
  path: string,
  type: string,
  moment: (typeof moments)[number],
): Promise<void> {
  const body =
    type === "application/json" ? '{"token_type":"realtime_scribe"}' : "token_type=realtime_scribe";
  const head = `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nOrigin: http://127.0.0.1:${port}\r\nContent-Type: ${type}\r\nContent-Length: ${body.length}\r\n\r\n`;
  const sent = {
    "in its head": head.slice(0, -9),
    "in its body": head + body.slice(0, 9),
    "before the answer": head + body,
  };
  const socket = connect(port, "127.0.0.1");
  await once(socket, "connect");
  socket.write(sent[moment]);
  await wait(moment === "before the answer" ? 1 : 30);
  socket.resetAndDestroy();
  await wait(50);
}

describe.each(["node-http.ts", "express.ts", "hono.ts", "demo"])("%s prints no stack trace", (name) => {
  test.each(moments)("when a visitor leaves a request %s", async (moment) => {
    for (const path of ["/api/single-use-token", "/session"])
      for (const type of types) await leave(ports[name] ?? 0, path, type, moment);
    expect(written.filter((text) => /\n\s+at /.test(text) || text.startsWith("unhandled"))).toEqual([]);
  });
});
