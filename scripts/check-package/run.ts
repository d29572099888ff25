import { execFile } from "node:child_process";

export interface Ran {
  readonly exitCode: number;
  readonly output: string;
}

/** Runs a command to its end, at most two minutes, and keeps what it printed. */
export function run(
  command: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv = {},
): Promise<Ran> {
  return new Promise((resolve) => {
    execFile(
      command,
      args,
      { cwd, timeout: 120_000, maxBuffer: 1e7, env: { ...process.env, NO_COLOR: "1", ...env } },
      (error, stdout, stderr) => {
        const exitCode = error === null ? 0 : typeof error.code === "number" ? error.code : 1;
        resolve({ exitCode, output: `${stdout}${stderr}` });
      },
    );
  });
}
