import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";

/** A provider's documentation on loopback. */
export interface PageServer {
  readonly origin: string;
  readonly close: () => Promise<void>;
}

export async function pageServer(listener: RequestListener): Promise<PageServer> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A server that listens on a port has an AddressInfo.
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
