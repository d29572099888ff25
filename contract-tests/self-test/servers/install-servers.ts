import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { serversFolder } from "./start-server.ts";

/** A need of the servers that isn't met; the message says how to meet it. */
export class ServersUnavailableError extends Error {
  override readonly name = "ServersUnavailableError";
}

/**
 * Installs what the Node servers need into their own folder and compiles them as their teams would, types checked.
 *
 * @throws ServersUnavailableError when npm or the compiler can't do its part.
 */
export function installServers(): void {
  installFolder(serversFolder);
  const compiler = "node_modules/typescript/bin/tsc";
  doIt(serversFolder, process.execPath, [compiler], "mend the servers under apps/");
}

/**
 * Installs what a folder's lock file names, without install scripts, when that is newer than what is there.
 *
 * @throws ServersUnavailableError when npm can't.
 */
export function installFolder(folder: string): void {
  const installed = join(folder, "node_modules/.package-lock.json");
  const lock = join(folder, "package-lock.json");
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return;
  const args = ["ci", "--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline"];
  doIt(folder, "npm", args, "check the network and run again");
}

/** @throws ServersUnavailableError when Debian's FastAPI isn't there. */
export function requireFastapi(): void {
  doIt(
    serversFolder,
    "/usr/bin/python3",
    ["-c", "import fastapi, uvicorn, multipart"],
    "install python3-fastapi, python3-uvicorn and python3-multipart by apt-get, or name the servers to judge",
  );
}

function doIt(cwd: string, program: string, args: readonly string[], remedy: string): void {
  const { status, error, stdout, stderr } = spawnSync(program, args, { cwd, encoding: "utf8" });
  if (status === 0) return;
  const said = error?.message ?? `${stdout}${stderr}`.trim().split("\n").at(-1) ?? "";
  throw new ServersUnavailableError(`${program} ${args.join(" ")} failed (${said}): ${remedy}.`);
}
