import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface HangingProvider {
  readonly address: string;
  /** Requests that have arrived. */
  readonly arrived: number;
  /** Requests whose connection is still open. */
  readonly open: number;
  /** Resolves as soon as the condition holds; the numbers are looked at whenever one changes. */
  until(condition: (provider: { readonly arrived: number; readonly open: number }) => boolean): Promise<void>;
  close(): Promise<void>;
}

/** A provider that takes every request and never answers. */
export async function startHangingProvider(): Promise<HangingProvider> {
  const counts = { arrived: 0, open: 0 };
  let changed = () => {};
  const server = createServer((_request, response) => {
    counts.arrived += 1;
    counts.open += 1;
    response.once("close", () => {
      counts.open -= 1;
      changed();
    });
    changed();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A server that listens on a port has an address with a port.
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}`,
    get arrived() {
      return counts.arrived;
    },
    get open() {
      return counts.open;
    },
    async until(condition) {
      while (!condition(counts)) {
        await new Promise<void>((resolve) => {
          changed = resolve;
        });
      }
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
