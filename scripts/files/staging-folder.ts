import { existsSync, mkdirSync, mkdtempSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

const prefix = "staged-";

/**
 * Makes an empty folder outside the tracked tree, on its file system, so that what is written there can be renamed
 * into place: in node_modules/.cache, or, where node_modules is a volume of its own, in .cache. Both are ignored by git.
 */
export function stagingFolder(root: string): string {
  mkdirSync(join(root, "node_modules"), { recursive: true });
  const isSameDevice = statSync(join(root, "node_modules")).dev === statSync(root).dev;
  const cache = join(root, isSameDevice ? "node_modules/.cache" : ".cache");
  mkdirSync(cache, { recursive: true });
  return mkdtempSync(join(cache, `${prefix}${process.pid}-`));
}

/** The staging folders of processes that are no more: they were killed. */
export function abandonedFolders(root: string): string[] {
  return [join(root, "node_modules/.cache"), join(root, ".cache")].filter(existsSync).flatMap((cache) =>
    readdirSync(cache)
      .filter(
        (name) => name.startsWith(prefix) && !isRunning(Number(name.slice(prefix.length).split("-")[0])),
      )
      .map((name) => join(cache, name)),
  );
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Somebody else's process may not be asked, but is there.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
