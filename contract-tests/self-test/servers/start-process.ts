import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

const secondsToStart = 120;

export interface ProcessToStart {
  /** For messages. */
  readonly name: string;
  readonly command: readonly [program: string, ...args: readonly string[]];
  readonly cwd: string;
  /** Beside the environment of this process. */
  readonly env: Readonly<Record<string, string>>;
  /** Answers with a success once the server is ready. */
  readonly readyAt: string;
}

export interface StartedProcess {
  /** What `readyAt` answered. */
  readonly answer: Uint8Array;
  /** Ends the process; resolves when it is gone. */
  stop(): Promise<void>;
}

/**
 * Starts a server and waits until it answers.
 *
 * @throws Error with what the process printed, when it ends or isn't there within two minutes.
 */
export async function startProcess({
  name,
  command,
  cwd,
  env,
  readyAt,
}: ProcessToStart): Promise<StartedProcess> {
  const [program, ...args] = command;
  const child = spawn(program, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const printed = tailOf(child);
  const failed = new Promise<never>((_, reject) => child.once("error", reject));
  failed.catch(() => {}); // told by whoever waits for the answer
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
  };
  try {
    return { answer: await Promise.race([failed, answerOf(readyAt, child)]), stop };
  } catch (error) {
    await stop();
    const said = error instanceof Error ? error.message : String(error);
    throw new Error(`The server ${name} can't be judged: ${said}\n${printed()}`);
  }
}

async function answerOf(url: string, child: ChildProcess): Promise<Uint8Array> {
  const until = performance.now() + secondsToStart * 1_000;
  while (performance.now() < until) {
    if (child.exitCode !== null) throw new Error(`it ended with exit code ${child.exitCode}.`);
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return new Uint8Array(await answer.arrayBuffer());
    await answer?.body?.cancel();
    await sleep(50);
  }
  throw new Error(`nothing answered at ${url} within ${secondsToStart} s.`);
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

/** A port of loopback that nothing listens on. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  if (address === null || typeof address === "string") throw new Error("no port was given");
  return address.port;
}
