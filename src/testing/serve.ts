import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { onTestFinished } from "vitest";

/** What a loopback server saw. */
export interface Served {
  readonly baseUrl: string;
  readonly requests: {
    readonly method: string;
    readonly url: string;
    readonly headers: NodeJS.Dict<string | string[]>;
  }[];
  /** How many connections were opened. */
  readonly connections: () => number;
  /** How many requests were given up by the client before their answer was complete. */
  readonly dropped: () => number;
}

/** A real server for one test, gone when the test is finished. */
export async function serve(listener: RequestListener): Promise<Served> {
  const requests: Served["requests"] = [];
  const sockets = new Set<Socket>();
  let dropped = 0;
  const server = createServer((request, response) => {
    requests.push({ method: `${request.method}`, url: `${request.url}`, headers: request.headers });
    response.on("close", () => {
      if (!response.writableFinished) dropped += 1;
    });
    listener(request, response);
  });
  server.on("connection", (socket) => sockets.add(socket));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(async () => {
    server.close();
    for (const socket of sockets) socket.destroy();
    await once(server, "close");
  });
  // An address object: the server listens on a port, not a pipe.
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    requests,
    connections: () => sockets.size,
    dropped: () => dropped,
  };
}

/** Answers with a token, as documented. */
export const answerToken: RequestListener = (_, response) => {
  response.setHeader("content-type", "application/json").end('{"token":"sutkn_1234567890"}');
};
