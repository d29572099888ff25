import { spawnSync } from "node:child_process";
import { join } from "node:path";

/** A language that programs can be judged in: how to tell that it is here, and how a program is made ready and run. */
export interface Language {
  readonly name: string;
  /** A command that succeeds where the language is. */
  readonly probe: readonly string[];
  /** Makes the program at `source` ready in `folder`; nothing to do by default. */
  readonly build?: (source: string, folder: string) => readonly string[];
  /** Runs the program. */
  readonly command: (source: string, folder: string) => readonly string[];
}

export const languages = {
  node: {
    name: "Node",
    probe: [process.execPath, "--version"],
    command: (source) => [process.execPath, source],
  },
  python: { name: "Python", probe: ["python3", "--version"], command: (source) => ["python3", source] },
  go: {
    name: "Go",
    probe: ["go", "version"],
    build: (source, folder) => ["go", "build", "-o", join(folder, "program"), source],
    command: (_, folder) => [join(folder, "program")],
  },
  ruby: { name: "Ruby", probe: ["ruby", "--version"], command: (source) => ["ruby", source] },
  php: { name: "PHP", probe: ["php", "--version"], command: (source) => ["php", source] },
  java: {
    name: "Java",
    probe: ["javac", "-version"],
    build: (source, folder) => ["javac", "-d", folder, source],
    // What starts it quickly: it lives for a moment.
    command: (_, folder) => ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", folder, "Client"],
  },
} as const satisfies Readonly<Record<string, Language>>;

/** Whether a command succeeds. */
export function succeeds([program = "", ...args]: readonly string[], env: NodeJS.ProcessEnv = {}): boolean {
  return spawnSync(program, args, { stdio: "ignore", env: { ...process.env, ...env } }).status === 0;
}
