import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Contract } from "../../harness/contract/contract.ts";
import { readContract } from "../../harness/contract/load-contract.ts";
import type { RealServer } from "./real-server.ts";

/** Where commands and sources of the servers are named from. */
export const serversFolder = fileURLToPath(new URL(".", import.meta.url));

const secondsToStart = 30;

export interface StartedServer {
  readonly address: string;
  /** The document as the server gives it. */
  readonly contract: Contract;
  /** Ends the process; resolves when it is gone. */
  stop(): Promise<void>;
}

/**
 * Starts a server on a free port of loopback and waits until it gives its document.
 *
 * @param planted the bug that is switched on; none by default.
 * @throws Error with what the process printed, when it ends or isn't there within 30 seconds.
 */
export async function startServer(
  server: RealServer,
  token: string,
  planted?: string,
): Promise<StartedServer> {
  const port = await freePort();
  const [program, ...args] = server.command;
  const child = spawn(program, args, {
    cwd: serversFolder,
    env: {
      ...process.env,
      PORT: String(port),
      ACCESS_TOKEN: token,
      PLANTED: planted ?? "",
      NODE_ENV: "production",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const printed = tailOf(child);
  const failed = new Promise<never>((_, reject) => child.once("error", reject));
  failed.catch(() => {}); // told by whoever waits for the document
  const address = `http://127.0.0.1:${port}`;
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
  };
  try {
    const bytes = await Promise.race([failed, documentOf(`${address}${server.documentPath}`, child)]);
    return { address, stop, contract: readContract(bytes, `${server.name}${server.documentPath}`) };
  } catch (error) {
    await stop();
    const said = error instanceof Error ? error.message : String(error);
    throw new Error(`The server ${server.name} can't be judged: ${said}\n${printed()}`);
  }
}

async function documentOf(url: string, child: ChildProcess): Promise<Uint8Array> {
  const until = performance.now() + secondsToStart * 1_000;
  while (performance.now() < until) {
    if (child.exitCode !== null) throw new Error(`it ended with exit code ${child.exitCode}.`);
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return new Uint8Array(await answer.arrayBuffer());
    await answer?.body?.cancel();
    await sleep(50);
  }
  throw new Error(`it gave no document at ${url} within ${secondsToStart} s.`);
}

/** The last of what the process printed, kept so that its pipes never fill. */
function tailOf(child: ChildProcess): () => string {
  let tail = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (chunk: Buffer) => {
      tail = `${tail}${chunk}`.slice(-4_000);
    });
  return () => tail;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  if (address === null || typeof address === "string") throw new Error("no port was given");
  return address.port;
}
