import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { abandonedFolders, stagingFolder } from "./staging-folder.ts";

/** Lists where the staged files belong, and what goes; it is there as soon as all of them are. */
const listName = "destinations.json";

interface Destinations {
  /** Paths from the root, in the order of the staged files. */
  readonly names: readonly string[];
  readonly removed: readonly string[];
}

/**
 * Replaces several files as one: all of them are written outside the tracked tree first, then renamed into place one
 * right after the other, each rename atomic. A process that is killed before that leaves the tree byte for byte as it
 * was; one that is killed between two renames has them finished by the next `finishReplacements`; a rename that fails
 * brings the files before it back.
 *
 * @param files content by path from the root; undefined deletes the file
 */
export function replaceFiles(root: string, files: ReadonlyMap<string, string | undefined>): void {
  const staging = stagingFolder(root);
  const before = new Map([...files.keys()].map((name) => [name, readIfThere(join(root, name))]));
  const names: string[] = [];
  const removed: string[] = [];
  try {
    for (const [name, content] of files) {
      if (content === undefined) removed.push(name);
      else writeFileSync(join(staging, String(names.push(name) - 1)), content);
    }
    writeFileSync(join(staging, `${listName}.part`), JSON.stringify({ names, removed }));
    renameSync(join(staging, `${listName}.part`), join(staging, listName));
    try {
      putInPlace(root, staging, { names, removed });
    } catch (error) {
      for (const [name, content] of before)
        if (content === undefined) rmSync(join(root, name), { force: true });
        else writeFileSync(join(root, name), content);
      throw error;
    }
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

/** Does what processes that were killed had begun, and clears away what they had only prepared. */
export function finishReplacements(root: string): void {
  for (const staging of abandonedFolders(root)) {
    const list = readIfThere(join(staging, listName));
    // Written by replaceFiles.
    if (list !== undefined) putInPlace(root, staging, JSON.parse(list.toString("utf8")) as Destinations);
    rmSync(staging, { recursive: true, force: true });
  }
}

function putInPlace(root: string, staging: string, { names, removed }: Destinations): void {
  for (const [index, name] of names.entries()) {
    const [from, to] = [join(staging, String(index)), join(root, name)];
    if (!existsSync(from)) continue;
    mkdirSync(dirname(to), { recursive: true });
    renameSync(from, to);
  }
  for (const name of removed) rmSync(join(root, name), { force: true });
}

function readIfThere(file: string): Buffer | undefined {
  return existsSync(file) ? readFileSync(file) : undefined;
}
