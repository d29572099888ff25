import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { serversFolder } from "./start-server.ts";

/** A need of the servers that isn't met; the message says how to meet it. */
export class ServersUnavailableError extends Error {
  override readonly name = "ServersUnavailableError";
}

/**
 * Installs what the Node servers need into their own folder, when the lock file is newer than what is there, and
 * compiles them as their teams would, types checked.
 *
 * @throws ServersUnavailableError when npm, the compiler or Python can't do their part.
 */
export function installServers(): void {
  const installed = join(serversFolder, "node_modules/.package-lock.json");
  const lock = join(serversFolder, "package-lock.json");
  if (!existsSync(installed) || statSync(installed).mtimeMs < statSync(lock).mtimeMs)
    doIt("npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts"], "check the network and run again");
  doIt(process.execPath, ["node_modules/typescript/bin/tsc"], "mend the servers under apps/");
}

/** @throws ServersUnavailableError when Debian's FastAPI isn't there. */
export function requireFastapi(): void {
  doIt(
    "/usr/bin/python3",
    ["-c", "import fastapi, uvicorn, multipart"],
    "install python3-fastapi, python3-uvicorn and python3-multipart by apt-get, or name the servers to judge",
  );
}

function doIt(program: string, args: readonly string[], remedy: string): void {
  const { status, error, stdout, stderr } = spawnSync(program, args, {
    cwd: serversFolder,
    encoding: "utf8",
  });
  if (status === 0) return;
  const said = error?.message ?? `${stdout}${stderr}`.trim().split("\n").at(-1) ?? "";
  throw new ServersUnavailableError(`${program} ${args.join(" ")} failed (${said}): ${remedy}.`);
}
