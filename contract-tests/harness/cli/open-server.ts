import { connect } from "node:net";
import type { SuiteSettings } from "../../suites/suite-settings.ts";
import { startPrismMock } from "../targets/prism-mock.ts";
import { UsageError } from "./usage-error.ts";

export interface OpenServer {
  readonly target: NonNullable<SuiteSettings["target"]>;
  close(): Promise<void>;
}

const patienceMs = 5_000;

/** The server to judge: the one at `url`, when something listens there, or a Prism mock started here. */
export async function openServer(url: string | undefined, contractFile: string): Promise<OpenServer> {
  if (url !== undefined) {
    await assertReachable(new URL(url));
    return { target: { kind: "url", address: url }, close: () => Promise.resolve() };
  }
  const mock = await startPrismMock(contractFile).catch((error: unknown) => {
    throw new UsageError(
      `Prism can't serve ${contractFile}: ${error instanceof Error ? error.message : String(error)}.`,
    );
  });
  return { target: { kind: "prism", address: mock.address }, close: () => mock.close() };
}

/** Opens a connection and closes it again: a server that isn't there isn't a server that breaks its contract. */
function assertReachable({ hostname, port, protocol, href }: URL): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({
      host: hostname.replace(/^\[|\]$/g, ""),
      port: Number(port) || (protocol === "https:" ? 443 : 80),
    });
    const fail = (why: string) => {
      socket.destroy();
      reject(new UsageError(`Nothing answers at ${href} (${why}): start the server, or correct --target.`));
    };
    socket.setTimeout(patienceMs, () => fail("TIMEOUT"));
    socket.once("error", (error: NodeJS.ErrnoException) => fail(error.code ?? error.message));
    socket.once("connect", () => {
      socket.destroy();
      resolve();
    });
  });
}
