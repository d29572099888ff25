import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { HeaderLine, HttpRequest } from "../http/message.ts";
import type { SendResult, Target } from "./target.ts";

/** What went through a proxy: a request as it arrived, and what came back. */
export interface PassedExchange {
  readonly request: HttpRequest;
  readonly result: SendResult;
}

export interface RecordingProxy {
  /** Base URL on loopback. */
  readonly address: string;
  /** Everything since the last call, oldest first. */
  take(): readonly PassedExchange[];
  close(): Promise<void>;
}

/** Hop-by-hop headers (RFC 9110, section 7.6.1), and those that the next hop makes for itself. */
export const ownToEachHop = new Set([
  "connection",
  "keep-alive",
  "transfer-encoding",
  "host",
  "content-length",
  "date",
]);

/** Stands between a client and a target, passing everything on and keeping it as it was on the wire. */
export async function startRecordingProxy(target: Target): Promise<RecordingProxy> {
  let passed: PassedExchange[] = [];
  const server = createServer((incoming, outgoing) => {
    void pass(incoming, outgoing, target).then((exchange) => passed.push(exchange));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // a TCP server has one
  return {
    address: `http://127.0.0.1:${port}`,
    take() {
      const taken = passed;
      passed = [];
      return taken;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function pass(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  target: Target,
): Promise<PassedExchange> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const request: HttpRequest = {
    method: incoming.method ?? "",
    path: incoming.url ?? "",
    headers: pairs(incoming.rawHeaders),
    ...(chunks.length > 0 ? { body: Buffer.concat(chunks) } : {}),
  };
  const headers = request.headers.filter(([name]) => !ownToEachHop.has(name.toLowerCase()));
  const result = await target.send({ ...request, headers }, { timeoutMs: 10_000 });
  if ("failure" in result) outgoing.destroy();
  else {
    const { status, body } = result.response;
    const lines = result.response.headers.filter(([name]) => !ownToEachHop.has(name.toLowerCase()));
    outgoing.writeHead(status, lines.flat()).end(body);
  }
  return { request, result };
}

/** Raw headers of a message of Node as lines. */
export function pairs(raw: readonly string[]): HeaderLine[] {
  return raw.flatMap((name, index): HeaderLine[] => (index % 2 === 0 ? [[name, raw[index + 1] ?? ""]] : []));
}
