import { readdirSync, rmSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { build } from "esbuild";
import { emitDeclarations } from "./emit-declarations.ts";
import { packageEntries } from "./package-entries.ts";

export interface BuiltFile {
  /** Relative to the project. */
  readonly file: string;
  readonly bytes: number;
}

/**
 * Writes dist/ anew: the bundles, with what they share in chunks of their own so that a class is one class whatever
 * entry it comes from, and the declarations. Dependencies stay imports.
 */
export async function buildPackage(root: string): Promise<BuiltFile[]> {
  const dist = join(root, "dist");
  const entries = packageEntries(root);
  rmSync(dist, { recursive: true, force: true });
  await build({
    absWorkingDir: root,
    entryPoints: entries.map(({ source, output }) => ({ in: source, out: output })),
    outdir: dist,
    bundle: true,
    splitting: true,
    chunkNames: "shared-[hash]",
    packages: "external",
    format: "esm",
    platform: "neutral",
    external: ["node:*"],
    target: "es2022",
    minify: true,
    legalComments: "none",
    logLevel: "warning",
  });
  emitDeclarations(
    root,
    entries.map(({ source }) => source),
  );
  return readdirSync(dist, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ file: relative(root, file), bytes: statSync(file).size }))
    .sort((a, b) => a.file.localeCompare(b.file));
}
