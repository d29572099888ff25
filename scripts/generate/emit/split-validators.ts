import { build, type Plugin } from "esbuild";
import ts from "typescript";
import { notice } from "./notice.ts";
import { formatImports, usedFormatsAlone } from "./value-formats.ts";

/** One entry: what is loaded together, at the first answer of an operation. */
export interface ValidatorEntry {
  /** File name without `.js`. */
  readonly file: string;
  /** The object that it exports as default, as code: `{ "200 application/json": response0 }`. */
  readonly value: string;
}

const scheme = "validators:";

/**
 * Cuts Ajv's one module into a module for each entry, and for what several of them share, so that nothing is loaded
 * twice and nothing before it is needed. Each declaration becomes a module of its own, which the bundler then joins by
 * who needs it.
 *
 * @param resolveDir folder from which Ajv's run-time helpers are resolved
 * @returns file names under `validators/`, with their code
 */
export async function splitValidators(
  code: string,
  entries: readonly ValidatorEntry[],
  resolveDir: string,
): Promise<Map<string, string>> {
  const declarations = declarationsOf(code);
  const moduleOf = (text: string, own?: string): string => {
    const used = new Set([...text.matchAll(/[A-Za-z_$][\w$]*/g)].map(([name]) => name));
    const imports = [...used].filter((name) => name !== own && declarations.has(name));
    return [
      formatImports(text),
      ...imports.map((name) => `import { ${name} } from "${scheme}${name}";\n`),
      text,
    ].join("");
  };
  const sources = new Map(
    [...declarations].map(([name, text]) => [name, `${moduleOf(text, name)}\nexport { ${name} };\n`]),
  );
  for (const { file, value } of entries) sources.set(`/${file}`, moduleOf(`export default ${value};\n`));
  const plugin: Plugin = {
    name: "declarations",
    setup(builder) {
      builder.onResolve({ filter: new RegExp(`^${scheme}`) }, ({ path }) => ({
        path: path.slice(scheme.length),
        namespace: "declarations",
        sideEffects: false,
      }));
      builder.onLoad({ filter: /./, namespace: "declarations" }, ({ path }) => ({
        contents: sources.get(path) ?? "",
        loader: "js",
        resolveDir,
      }));
    },
  };
  const { outputFiles } = await build({
    entryPoints: entries.map(({ file }) => ({ in: `${scheme}/${file}`, out: file })),
    outdir: "validators",
    chunkNames: "shared-[hash]",
    absWorkingDir: resolveDir,
    preserveSymlinks: true,
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    target: "es2022",
    write: false,
    legalComments: "none",
    logLevel: "silent",
    banner: { js: `// ${notice}` },
    plugins: [plugin, usedFormatsAlone],
  });
  return new Map(outputFiles.map(({ path, text }) => [path.split(/[\\/]/).at(-1) ?? path, text]));
}

/** The module's top-level declarations by name, each with the assignments to it that follow. */
function declarationsOf(code: string): Map<string, string> {
  const found = new Map<string, string>();
  const source = ts.createSourceFile("validators.js", code, ts.ScriptTarget.ES2022, false, ts.ScriptKind.JS);
  for (const statement of source.statements) {
    const text = statement.getText(source).replace(/^export\s+/, "");
    if (ts.isFunctionDeclaration(statement)) found.set(statement.name?.text ?? "", text);
    else if (ts.isVariableStatement(statement))
      for (const { name } of statement.declarationList.declarations) found.set(name.getText(source), text);
    else if (ts.isExpressionStatement(statement)) {
      const owner = /^[A-Za-z_$][\w$]*/.exec(text)?.[0] ?? "";
      const own = found.get(owner);
      if (own !== undefined) found.set(owner, `${own}\n${text}`);
    }
  }
  return found;
}
