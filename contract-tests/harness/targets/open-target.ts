import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { Contract } from "../contract/contract.ts";
import { assertOptions } from "../http/assert-options.ts";
import type { Target } from "../run/target.ts";
import { startPrismMock } from "./prism-mock.ts";
import { type HttpProxy, proxyFor, tunnel } from "./proxy.ts";
import { TargetError } from "./target-error.ts";
import { type TlsFiles, tlsSettings } from "./tls-settings.ts";
import { type UrlTargetOptions, urlTarget } from "./url.ts";

export interface OpenTargetOptions {
  /** Base URL of the server to judge, http or https. Default: a Prism mock of the contract, started for it. */
  readonly url?: string;
  /** The contract that the mock replays. */
  readonly contract: Contract;
  /** Milliseconds to wait for a server at `url`. Default 0: one attempt. */
  readonly waitForMs?: number;
  /** Certificates and keys for https. */
  readonly tls?: TlsFiles;
}

/** For one connection, and between two. */
const patienceMs = 5_000;
const pauseMs = 250;

/**
 * The server at `url`, if one listens there, or a Prism mock of the contract on loopback. Close it at the end.
 *
 * @throws {UserError} for options that it doesn't have, or that have another kind of value
 * @throws {TargetError} if no server answers at `url`, or the mock can't be started
 */
export async function openTarget(options: OpenTargetOptions): Promise<Target> {
  assertOptions<OpenTargetOptions>("openTarget", options, {
    url: "text",
    contract: "object",
    waitForMs: "number",
    tls: "object",
  });
  const { url, contract, waitForMs = 0, tls = {} } = options;
  if (url === undefined) return startPrismMock(contract);
  if (!/^https?:$/.test(URL.canParse(url) ? new URL(url).protocol : ""))
    throw new TargetError(`${url} isn't a URL: give a full one, such as http://127.0.0.1:4010.`);
  const connection = await connectionTo(url, tls);
  await reachable(new URL(url), connection.proxy, performance.now() + waitForMs);
  return urlTarget(url, connection);
}

/**
 * How a target is connected to: certificates, and the proxy that the environment names.
 *
 * @throws {TargetError} when a file or the proxy's address is of no use
 */
export async function connectionTo(url: string, files: TlsFiles): Promise<UrlTargetOptions> {
  const tls = Object.keys(files).length === 0 ? {} : tlsSettings(files);
  const proxy = proxyFor(url);
  return {
    tls,
    ...(proxy ? { proxy } : {}),
    ...(proxy && /^https:/i.test(url) ? { agent: await tunnel(proxy, tls) } : {}),
  };
}

/** A server that isn't there isn't a server that breaks its contract: it is looked for before anything is judged. */
async function reachable(url: URL, proxy: HttpProxy | undefined, until: number): Promise<void> {
  for (;;) {
    const problem = await problemOf(proxy?.url ?? url);
    if (problem === undefined) return;
    if (performance.now() >= until)
      throw new TargetError(
        proxy
          ? `The proxy ${proxy.url.origin} for ${url.origin} can't be reached (${problem}): correct HTTP_PROXY and HTTPS_PROXY, or add the target to NO_PROXY.`
          : `No server answers at ${url.origin} (${problem}): start it, or correct --target.`,
      );
    await sleep(pauseMs);
  }
}

/** Opens a connection and closes it again: undefined when that was possible. */
function problemOf({ hostname, port, protocol }: URL): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect({
      host: hostname.replace(/^\[|\]$/g, ""),
      port: Number(port) || (protocol === "https:" ? 443 : 80),
    });
    const end = (problem: string | undefined) => {
      socket.destroy();
      resolve(problem);
    };
    socket.setTimeout(patienceMs, () => end("TIMEOUT"));
    socket.once("error", (error: NodeJS.ErrnoException) => end(error.code ?? error.message));
    socket.once("connect", () => end(undefined));
  });
}
