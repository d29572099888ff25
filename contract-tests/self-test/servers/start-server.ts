import { fileURLToPath } from "node:url";
import type { RealServer } from "./real-server.ts";
import { freePort, startProcess } from "./start-process.ts";

/** Where commands and sources of the servers are named from. */
export const serversFolder = fileURLToPath(new URL(".", import.meta.url));

export interface StartedServer {
  readonly address: string;
  /** The document as the server gives it. */
  readonly document: Uint8Array;
  /** Ends the process; resolves when it is gone. */
  stop(): Promise<void>;
}

/**
 * Starts a server on a free port of loopback and waits until it gives its document.
 *
 * @param planted the bug that is switched on; none by default.
 * @throws Error with what the process printed, when it ends or isn't there within two minutes.
 */
export async function startServer(
  { name, command, documentPath }: RealServer,
  token: string,
  planted = "",
): Promise<StartedServer> {
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const { answer, stop } = await startProcess({
    name,
    command,
    cwd: serversFolder,
    env: { PORT: String(port), ACCESS_TOKEN: token, PLANTED: planted, NODE_ENV: "production" },
    readyAt: `${address}${documentPath}`,
  });
  return { address, document: answer, stop };
}
