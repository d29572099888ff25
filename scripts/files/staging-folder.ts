import { mkdirSync, mkdtempSync, statSync } from "node:fs";
import { join } from "node:path";

/**
 * Makes an empty folder outside the tracked tree, on its file system, so that what is written there can be renamed
 * into place: in node_modules/.cache, or, where node_modules is a volume of its own, in .cache. Both are ignored by git.
 */
export function stagingFolder(root: string): string {
  mkdirSync(join(root, "node_modules"), { recursive: true });
  const isSameDevice = statSync(join(root, "node_modules")).dev === statSync(root).dev;
  const cache = join(root, isSameDevice ? "node_modules/.cache" : ".cache");
  mkdirSync(cache, { recursive: true });
  return mkdtempSync(join(cache, "staged-"));
}
