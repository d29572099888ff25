import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import ts from "typescript";

/** A relative import with its `.ts`, as TypeScript leaves it in declarations. */
const relativeImport = /((?:from|import\()\s*")(\.{1,2}\/[^"]+)\.ts"/g;

/**
 * Writes the declarations that the entries' declarations reach, under dist/types, as TypeScript emits them but with
 * imports of `.js`, which every resolver follows to `.d.ts`.
 *
 * @param sources the entries, relative to the project
 * @param named gives a declaration file's text its final names
 * @throws Error with TypeScript's messages when a source has errors
 */
export function emitDeclarations(
  root: string,
  sources: readonly string[],
  named: (path: string, text: string) => string,
): void {
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: sources }, ts.sys, root);
  const emitted = new Map<string, string>();
  const outDir = join(root, "dist/types");
  const program = ts.createProgram(
    sources.map((source) => join(root, source)),
    { ...options, noEmit: false, declaration: true, emitDeclarationOnly: true, rootDir: root, outDir },
  );
  const { diagnostics } = program.emit(undefined, (file, text) => emitted.set(file, text));
  const problems = [...ts.getPreEmitDiagnostics(program), ...diagnostics];
  if (problems.length > 0)
    throw new Error(
      ts.formatDiagnostics(problems, {
        getCanonicalFileName: (name) => name,
        getCurrentDirectory: () => root,
        getNewLine: () => "\n",
      }),
    );
  const reached = new Set<string>();
  const visit = (file: string): void => {
    const text = emitted.get(file);
    if (text === undefined || reached.has(file)) return;
    reached.add(file);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, named(file, text).replace(relativeImport, '$1$2.js"'));
    for (const [, , path] of text.matchAll(relativeImport)) visit(join(dirname(file), `${path}.d.ts`));
  };
  for (const source of sources) {
    const file = join(outDir, source.replace(/\.ts$/, ".d.ts"));
    if (!emitted.has(file)) throw new Error(`TypeScript emitted no declarations for ${relative(root, file)}`);
    visit(file);
  }
}
