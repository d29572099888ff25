import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { projectRoot } from "../project-root.ts";
import type { ReadmeCommand } from "./commands-of.ts";

/** Milliseconds a server may take until it says where it is. */
const startLimit = 60_000;

/**
 * Runs a command of the README as its reader would.
 *
 * @returns undefined when it did what it should, else its output with what was wrong
 */
export async function runCommand({ text, kind }: ReadmeCommand): Promise<string | undefined> {
  const child = spawn("bash", ["-c", kind === "serves" ? `exec ${withoutNpm(text)}` : text], {
    cwd: projectRoot,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text) => (output += text));
  const ended = once(child, "close").then(([code, signal]) => code ?? signal);
  if (kind === "serves") {
    const problem = await askServer(child, () => output, ended);
    child.kill("SIGINT");
    const code = await ended;
    return problem ?? (code === 0 ? undefined : `${output}\nended with ${code} after Ctrl-C`);
  }
  const code = await ended;
  const right = kind === "needs-network" ? [0, 1, 2].includes(code) : code === 0;
  return right ? undefined : `${output}\nended with ${code}`;
}

/** `npm run` doesn't hand a signal on to the script reliably, so the script itself is started. */
function withoutNpm(text: string): string {
  const [, script, args = ""] = /^npm run (\S+)(?: --)?(.*)$/.exec(text) ?? [];
  return `${process.execPath} --import tsx scripts/${script}.ts ${args}`;
}

async function askServer(
  child: ChildProcess,
  output: () => string,
  ended: Promise<unknown>,
): Promise<string | undefined> {
  const address = await Promise.race([
    ended.then(() => undefined),
    addressIn(output, AbortSignal.timeout(startLimit)),
  ]);
  if (address === undefined || child.exitCode !== null) return `${output()}\nnever said where it serves`;
  const response = await fetch(address).catch((error: unknown) => String(error));
  return typeof response === "string" ? `${output()}\n${address} did not answer: ${response}` : undefined;
}

async function addressIn(output: () => string, signal: AbortSignal): Promise<string | undefined> {
  while (!signal.aborted) {
    const address = /http:\/\/(?:127\.0\.0\.1|localhost):\d+/.exec(output())?.[0];
    if (address !== undefined) return address;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return undefined;
}
