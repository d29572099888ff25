import { spawn } from "node:child_process";

/** How a program ended. */
export interface ProgramEnd {
  /** Undefined when it was killed, or couldn't be started. */
  readonly code?: number;
  /** One clause: `exit code 1: TypeError: …`. */
  readonly how: string;
}

/** Characters of what it wrote last. */
const shown = 300;
/** A program that doesn't end is ended, with everything that it has started. */
const patienceMs = 60_000;

/** Runs a program to its end, with the address in `CONFORMANCE_URL` and in place of `{url}` in its words. */
export function startProgram(
  words: readonly string[],
  address: string,
  signal: AbortSignal,
): Promise<ProgramEnd> {
  const [command = "", ...args] = words.map((word) => word.replaceAll("{url}", address));
  return new Promise((resolve) => {
    let written = "";
    const child = spawn(command, args, {
      env: { ...process.env, CONFORMANCE_URL: address },
      stdio: ["ignore", "pipe", "pipe"],
      detached: true, // a group of its own, so that it ends as a whole
    });
    const kill = () => {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
      } catch {
        // it has ended
      }
    };
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      kill();
    }, patienceMs);
    signal.addEventListener("abort", kill, { once: true });
    if (signal.aborted) kill();
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (text: Buffer) => {
        written = (written + text.toString()).slice(-4_000);
      });
    const end = (result: ProgramEnd) => {
      clearTimeout(timer);
      signal.removeEventListener("abort", kill);
      resolve(result);
    };
    child.once("error", (error: NodeJS.ErrnoException) =>
      end({ how: `it couldn't be started (${error.code ?? error.message})` }),
    );
    child.once("close", (code, killed) => {
      kill(); // what it left behind
      const last = lastWords(written);
      if (isLate) end({ how: `it was still running after ${patienceMs / 1_000} s` });
      else if (code === null) end({ how: `it was ended by ${killed}` });
      else end({ code, how: `exit code ${code}${code === 0 || last === "" ? "" : `: ${last}`}` });
    });
  });
}

/** The line that names an error, or else the last one. */
function lastWords(written: string): string {
  const lines = written.split("\n").filter((line) => line.trim() !== "" && !/^\s+at /.test(line));
  return (lines.findLast((line) => /^[\w. ]*(Error|Exception)\b/.test(line)) ?? lines.at(-1) ?? "")
    .trim()
    .slice(0, shown);
}
