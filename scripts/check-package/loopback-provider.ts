import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A provider for the probe: a token that names its type, or the status that the `x-answer` header asks for. */
export async function loopbackProvider(): Promise<{ address: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const status = Number(request.headers["x-answer"] ?? 200);
    if (status === 0) request.socket.destroy();
    else if (status === 200)
      response
        .setHeader("content-type", "application/json")
        .end(JSON.stringify({ token: `sutkn_${request.url?.split("/").at(-1)}` }));
    else response.writeHead(status, { location: "/elsewhere" }).end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  // An address object: the server listens on a port, not a pipe.
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
