import { readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { build, type Plugin } from "esbuild";
import { readProvider } from "../generate/provider.ts";
import { emitDeclarations } from "./emit-declarations.ts";
import { packageEntries } from "./package-entries.ts";
import { underNamesOf } from "./provider-names.ts";

export interface BuiltFile {
  /** Relative to the project. */
  readonly file: string;
  readonly bytes: number;
}

/** Exported whole, under the provider's name. */
const namespace = { source: "src/namespace.ts", output: "namespace" };

/**
 * Writes dist/ anew: the bundles with their source maps, with what those of one folder share in chunks of their own so that a class is one
 * class whatever entry it comes from, and the declarations. Dependencies stay imports.
 */
export async function buildPackage(root: string): Promise<BuiltFile[]> {
  const dist = join(root, "dist");
  const entries = packageEntries(root);
  rmSync(dist, { recursive: true, force: true });
  const named = underNamesOf(root, readProvider(root));
  const client = entries.filter(({ source }) => !source.startsWith("src/simulator/"));
  // The client and the simulator have nothing but constants in common: a chunk would only be one more file to load.
  for (const group of [[...client, namespace], entries.filter((entry) => !client.includes(entry))])
    await build({
      absWorkingDir: root,
      entryPoints: group.map(({ source, output }) => ({ in: source, out: output })),
      outdir: dist,
      bundle: true,
      splitting: true,
      chunkNames: "shared-[hash]",
      packages: "external",
      format: "esm",
      platform: "neutral",
      external: ["node:*"],
      plugins: [importNamespace, rename(named)],
      target: "es2022",
      // Readable, as names stand in stack traces and logs; who bundles for a browser minifies by themselves.
      sourcemap: true,
      logLevel: "warning",
    });
  emitDeclarations(
    root,
    entries.map(({ source }) => source),
    named,
  );
  return readdirSync(dist, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ file: relative(root, file), bytes: statSync(file).size }))
    .sort((a, b) => a.file.localeCompare(b.file));
}

/**
 * Leaves the namespace an import of its own file. esbuild would make it an object by a call, which a user's bundler
 * has to keep, used or not.
 */
const importNamespace: Plugin = {
  name: "import-namespace",
  setup(builder) {
    builder.onResolve({ filter: /\/namespace\.ts$/ }, ({ kind }) =>
      kind === "entry-point" ? undefined : { path: `./${namespace.output}.js`, external: true },
    );
  },
};

/** Gives the classes the names by which applications know them, which stack traces and consoles show. */
const rename = (named: (path: string, text: string) => string): Plugin => ({
  name: "rename",
  setup(builder) {
    builder.onLoad({ filter: /[\\/](src|generated)[\\/].*\.ts$/ }, ({ path }) => ({
      contents: named(path, readFileSync(path, "utf8")),
      loader: "ts",
    }));
  },
});
