import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { stagingFolder } from "../files/staging-folder.ts";
import type { Outputs } from "./compile.ts";

/** How a file under generated/ differs from what spec/ compiles to. */
export interface Difference {
  readonly file: string;
  readonly state: "changed" | "missing" | "not generated";
}

/** Compares the folder with the compiled outputs, byte for byte and in both directions. */
export function compareGenerated(root: string, outputs: Outputs): Difference[] {
  const folder = join(root, "generated");
  const compiled = [...outputs].flatMap(([name, content]): Difference[] => {
    const path = join(folder, name);
    if (!existsSync(path)) return [{ file: `generated/${name}`, state: "missing" }];
    return readFileSync(path).equals(Buffer.from(content))
      ? []
      : [{ file: `generated/${name}`, state: "changed" }];
  });
  const extra = filesUnder(folder).filter((name) => !outputs.has(name));
  return [
    ...compiled,
    ...extra.map((name): Difference => ({ file: `generated/${name}`, state: "not generated" })),
  ];
}

/**
 * Replaces the folder as a whole, so that an interruption leaves the old one or the new one: the outputs are
 * written outside the tracked tree, then two renames swap them. Writes nothing when nothing differs.
 *
 * @returns what was replaced
 */
export function replaceGenerated(root: string, outputs: Outputs): Difference[] {
  const differences = compareGenerated(root, outputs);
  if (differences.length === 0) return [];
  const folder = join(root, "generated");
  const staging = stagingFolder(root);
  try {
    const [fresh, old] = [join(staging, "fresh"), join(staging, "old")];
    writeAll(fresh, outputs);
    if (existsSync(folder)) renameSync(folder, old);
    renameSync(fresh, folder);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
  return differences;
}

function writeAll(folder: string, outputs: Outputs): void {
  mkdirSync(folder);
  for (const [name, content] of outputs) {
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}

function filesUnder(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}
