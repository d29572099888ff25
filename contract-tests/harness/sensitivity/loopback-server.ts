import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { messageOf } from "../http/message-of.ts";
import type { Answer, Handler, ReceivedRequest } from "../provider/handler.ts";

/** One server on this machine in whose place many stand, one after the other. */
export interface LoopbackServer {
  /** Base URL without a trailing slash. */
  readonly address: string;
  /** Requests are answered by this handler from now on. */
  use(handler: Handler): void;
  /** Why the handler in use couldn't answer a request; undefined when it could answer all. */
  readonly failure: string | undefined;
  close(): Promise<void>;
}

export async function startLoopbackServer(): Promise<LoopbackServer> {
  let handler: Handler = () => ({ status: 503, headers: {}, body: "" });
  let failure: string | undefined;
  const server = createServer((incoming, outgoing) => {
    void answer(incoming, outgoing).catch(() => outgoing.destroy());
  });

  async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const request = await received(incoming);
    let given: Answer;
    try {
      given = await handler(request);
      for (const [name, value] of Object.entries(given.headers))
        outgoing.setHeader(name, typeof value === "string" ? value : [...value]);
    } catch (error) {
      failure ??= messageOf(error);
      outgoing.writeHead(500).end();
      return;
    }
    outgoing.statusCode = given.status;
    outgoing.end(given.body);
  }

  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo; // TCP servers have one
  return {
    address: `http://127.0.0.1:${port}`,
    use(next) {
      handler = next;
      failure = undefined;
    },
    get failure() {
      return failure;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function received(incoming: IncomingMessage): Promise<ReceivedRequest> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(incoming.headers))
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(", ") : value;
  return {
    method: incoming.method ?? "",
    url: incoming.url ?? "",
    headers,
    body: new Uint8Array(Buffer.concat(chunks)),
  };
}
