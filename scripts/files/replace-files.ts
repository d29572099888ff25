import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { abandonedFolders, stagingFolder } from "./staging-folder.ts";

/** Lists where the staged files belong; it is there as soon as all of them are. */
const listName = "destinations.json";

/**
 * Replaces several files as one: all of them are written outside the tracked tree first, then renamed into place one
 * right after the other, each rename atomic. A process that is killed before that leaves the tree byte for byte as it
 * was; one that is killed between two renames has them finished by the next `finishReplacements`; a rename that fails
 * brings the files before it back.
 *
 * @param files content by path from the root
 */
export function replaceFiles(root: string, files: ReadonlyMap<string, string>): void {
  const staging = stagingFolder(root);
  const names = [...files.keys()];
  const before = new Map(names.map((name) => [name, readIfThere(join(root, name))]));
  try {
    for (const [index, content] of [...files.values()].entries())
      writeFileSync(join(staging, String(index)), content);
    writeFileSync(join(staging, `${listName}.part`), JSON.stringify(names));
    renameSync(join(staging, `${listName}.part`), join(staging, listName));
    try {
      putInPlace(root, staging, names);
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
    // Written by replaceFiles: the names of files.
    if (list !== undefined) putInPlace(root, staging, JSON.parse(list.toString("utf8")) as string[]);
    rmSync(staging, { recursive: true, force: true });
  }
}

function putInPlace(root: string, staging: string, names: readonly string[]): void {
  for (const [index, name] of names.entries()) {
    const [from, to] = [join(staging, String(index)), join(root, name)];
    if (!existsSync(from)) continue;
    mkdirSync(dirname(to), { recursive: true });
    renameSync(from, to);
  }
}

function readIfThere(file: string): Buffer | undefined {
  return existsSync(file) ? readFileSync(file) : undefined;
}
