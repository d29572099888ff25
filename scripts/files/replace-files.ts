import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { stagingFolder } from "./staging-folder.ts";

/**
 * Replaces several files as one: all of them are written outside the tracked tree first, then renamed into place one
 * right after the other, each rename atomic. A process that is killed before that leaves the tree byte for byte as it
 * was; a rename that fails brings the files before it back.
 *
 * @param files content by path from the root
 */
export function replaceFiles(root: string, files: ReadonlyMap<string, string>): void {
  const staging = stagingFolder(root);
  const before = new Map<string, Buffer | undefined>();
  try {
    const staged = [...files].map(([name, content], index) => {
      const from = join(staging, String(index));
      writeFileSync(from, content);
      const to = join(root, name);
      before.set(to, existsSync(to) ? readFileSync(to) : undefined);
      return { from, to };
    });
    for (const { to } of staged) mkdirSync(dirname(to), { recursive: true });
    try {
      for (const { from, to } of staged) renameSync(from, to);
    } catch (error) {
      for (const [path, content] of before)
        if (content === undefined) rmSync(path, { force: true });
        else writeFileSync(path, content);
      throw error;
    }
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}
