import { type ChildProcess, fork } from "node:child_process";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import type { Turn } from "./in-turn.ts";

/** A process that has had so much begins anew: what one attack leaves behind isn't to be blamed on the next. */
const mostMiB = 350;
/** Nothing takes so long by itself. */
const patienceMs = 60_000;

/** Runs the harness's command again and again, in a process of its own that is begun anew when it ends or has grown. */
export class Turns {
  readonly #command: string;
  #child: ChildProcess | undefined;
  #written = "";

  private constructor(command: string) {
    this.#command = command;
  }

  static async begin(root: string): Promise<Turns> {
    // One file starts in half the time; it stands where the packages that it imports are found.
    const command = join(root, "node_modules/.cache/hostile/in-turn.mjs");
    await build({
      absWorkingDir: root,
      entryPoints: ["contract-tests/self-test/hostile/in-turn.ts"],
      bundle: true,
      platform: "node",
      format: "esm",
      packages: "external",
      outfile: command,
      logLevel: "error",
    });
    const page = "contract-tests/harness/reports/page"; // what the HTML report is made of is read beside the command
    cpSync(join(root, page), join(command, "../page"), { recursive: true });
    return new Turns(command);
  }

  /** How one run of the command ends, be it that it ends its process. */
  async run(args: readonly string[]): Promise<Turn> {
    const child = this.#child ?? this.#start();
    this.#written = "";
    const timer = setTimeout(() => child.kill("SIGKILL"), patienceMs);
    const end = await new Promise<Turn>((resolve) => {
      const ended = (code: number | null) => {
        this.#child = undefined;
        resolve({ exitCode: code, output: this.#written, seconds: 0, mebibytes: 0, mebibytesNow: 0 });
      };
      child.once("close", ended);
      child.once("message", (turn) => {
        child.off("close", ended);
        resolve(turn as Turn); // it sends nothing else
      });
      child.send([...args]);
    });
    clearTimeout(timer);
    if (end.mebibytesNow > mostMiB) await this.close();
    return end;
  }

  async close(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (!child) return;
    const closed = new Promise((resolve) => child.once("close", resolve));
    child.kill("SIGKILL");
    await closed;
  }

  #start(): ChildProcess {
    const child = fork(this.#command, {
      execArgv: [],
      env: { ...process.env, NO_COLOR: "1" },
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding("utf8").on("data", (text: string) => {
        this.#written += text;
      });
    this.#child = child;
    return child;
  }
}
