import { spawn } from "node:child_process";
import { once } from "node:events";
import { projectRoot } from "../project-root.ts";
import type { ReadmeCommand } from "./command-blocks.ts";

/** A command that was started; each method tells undefined for "as it should", else what was wrong. */
export interface RunningCommand {
  /** Waits until the server says where it is, and asks it. */
  answers(): Promise<string | undefined>;
  /** Waits for the end and judges the exit code. */
  finishes(): Promise<string | undefined>;
  /** Sends Ctrl-C. */
  interrupt(): void;
}

/** Milliseconds a server may take until it says where it is. */
const startLimit = 60_000;

export function startCommand({ text, kind }: ReadmeCommand): RunningCommand {
  // The step summary belongs to the run of CI itself, not to the README's examples.
  const { GITHUB_STEP_SUMMARY: _, ...env } = process.env;
  const child = spawn("bash", ["-c", kind === "serves" ? `exec ${withoutNpm(text)}` : text], {
    cwd: projectRoot,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      output += chunk;
    });
  const ended = once(child, "close").then(([code, signal]: unknown[]) => code ?? signal);
  return {
    interrupt: () => child.kill("SIGINT"),
    async finishes() {
      const code = await ended;
      const right: readonly unknown[] = kind === "needs-network" ? [0, 1, 2] : [0];
      return right.includes(code) ? undefined : `${output}\nended with ${code}`;
    },
    async answers() {
      const address = await Promise.race([ended.then(() => undefined), addressIn(() => output)]);
      if (address === undefined) return `${output}\nnever said where it serves`;
      const failure = await fetch(address).then(
        () => undefined,
        (error: unknown) => String(error),
      );
      return failure === undefined ? undefined : `${output}\n${address} did not answer: ${failure}`;
    },
  };
}

/** `npm run` doesn't hand a signal on to the script reliably, so the script itself is started. */
function withoutNpm(text: string): string {
  const [, script, args = ""] = /^npm run (\S+)(?: --)?(.*)$/.exec(text) ?? [];
  return `${process.execPath} --import tsx scripts/${script}.ts ${args}`;
}

async function addressIn(output: () => string): Promise<string | undefined> {
  for (const deadline = Date.now() + startLimit; Date.now() < deadline; ) {
    const address = /http:\/\/(?:127\.0\.0\.1|localhost):\d+/.exec(output())?.[0];
    if (address !== undefined) return address;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return undefined;
}
