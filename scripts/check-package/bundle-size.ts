import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { gzipSync } from "node:zlib";
import { build, type Plugin } from "esbuild";

/** What a bundle is made of. */
export interface Bundle {
  readonly code: string;
  readonly bytes: number;
  readonly gzipBytes: number;
}

/**
 * What a browser's or a worker's bundle grows by: one import, everything below it that is loaded at start, minified. What
 * is imported at its first use is a file of its own, as bundlers make it.
 *
 * @param statement re-exports what is measured: `export { A } from "package"`
 * @param folder where `package` is installed
 * @param options.external what may stay outside: `node:*` for a package that can't do without; nothing by default
 * @throws Error when anything else can't be bundled
 */
export async function bundle(
  statement: string,
  folder: string,
  { external = [], plugins = [] }: { external?: readonly string[]; plugins?: readonly Plugin[] } = {},
): Promise<Bundle> {
  const { outputFiles } = await build({
    stdin: { contents: statement, resolveDir: folder, loader: "js" },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    write: false,
    external: [...external],
    plugins: [leaveLateImports, ...plugins],
    logLevel: "silent",
  });
  const [file] = outputFiles;
  if (!file) throw new Error("esbuild wrote nothing");
  return {
    code: file.text,
    bytes: file.contents.length,
    gzipBytes: gzipSync(file.contents, { level: 9 }).length,
  };
}

const leaveLateImports: Plugin = {
  name: "leave-late-imports",
  setup(builder) {
    builder.onResolve({ filter: /^\./ }, ({ kind, path }) =>
      kind === "dynamic-import" ? { path, external: true } : undefined,
    );
  },
};

/** Leaves of the files in `generated/` the names alone, to weigh what doesn't come from a contract. */
export const withoutGenerated: Plugin = {
  name: "without-generated",
  setup(builder) {
    builder.onLoad({ filter: /[\\/]generated[\\/][^\\/]+\.[jt]s$/ }, ({ path }) => {
      const text = readFileSync(path, "utf8");
      // It gives the client's own exports their names.
      if (text.includes('from "../src/')) return undefined;
      const declared = [...text.matchAll(/^export const (\w+)/gm)].map(([, name]) => name);
      const listed = [...text.matchAll(/^export \{([^}]*)\}/gm)].flatMap(
        ([, names = ""]) => names.match(/\w+/g) ?? [],
      );
      return { contents: [...declared, ...listed].map((name) => `export const ${name} = [];`).join("\n") };
    });
  },
};

/** Puts other content in the place of files in `generated/`, by their names. */
export const generatedAs = (files: ReadonlyMap<string, string>): Plugin => ({
  name: "generated-as",
  setup(builder) {
    builder.onLoad({ filter: /[\\/]generated[\\/][^\\/]+\.[jt]s$/ }, ({ path }) => {
      const contents = files.get(basename(path));
      return contents === undefined ? undefined : { contents, loader: path.endsWith(".ts") ? "ts" : "js" };
    });
  },
});
