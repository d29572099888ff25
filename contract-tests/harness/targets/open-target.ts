import { connect } from "node:net";
import type { Target } from "../run/target.ts";
import { startPrismMock } from "./prism-mock.ts";
import { TargetError } from "./target-error.ts";
import { urlTarget } from "./url.ts";

export interface OpenTargetOptions {
  /** Base URL of the server to judge, http or https. Default: a Prism mock of the contract, started for it. */
  readonly url?: string;
  /** The file of the contract that the mock replays. */
  readonly contractFile: string;
}

const patienceMs = 5_000;

/**
 * The server at `url`, when something listens there, or a Prism mock of the contract on loopback. Close it in the end.
 *
 * @throws {TargetError} when nothing answers at `url`, or the mock can't be started
 */
export async function openTarget({ url, contractFile }: OpenTargetOptions): Promise<Target> {
  if (url === undefined) return startPrismMock(contractFile);
  if (!/^https?:$/.test(URL.canParse(url) ? new URL(url).protocol : ""))
    throw new TargetError(`${url} isn't an address: write it whole, like http://127.0.0.1:4010.`);
  await assertReachable(new URL(url));
  return urlTarget(url);
}

/** Opens a connection and closes it again: a server that isn't there isn't a server that breaks its contract. */
function assertReachable({ hostname, port, protocol, origin }: URL): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({
      host: hostname.replace(/^\[|\]$/g, ""),
      port: Number(port) || (protocol === "https:" ? 443 : 80),
    });
    const fail = (why: string) => {
      socket.destroy();
      reject(
        new TargetError(`Nothing answers at ${origin} (${why}): start the server, or correct --target.`),
      );
    };
    socket.setTimeout(patienceMs, () => fail("TIMEOUT"));
    socket.once("error", (error: NodeJS.ErrnoException) => fail(error.code ?? error.message));
    socket.once("connect", () => {
      socket.destroy();
      resolve();
    });
  });
}
