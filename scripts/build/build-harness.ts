import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";

/** What the compiled files read or start beside themselves. */
const assets = [
  "baseline/baseline.schema.json",
  "cli/conformance.schema.json",
  "reports/report.schema.json",
  "reports/page/report.css",
  "reports/page/report.js",
  "targets/prism-routes.mjs",
  "targets/prism-thread.mjs",
];

/** The pages that the package's README names; the package has a copy of each in docs/. */
const pages = ["checks", "reports", "fault-score", "real-servers", "vectors", "foreign-contracts"].map(
  (name) => `${name}.md`,
);

/** A relative import with its `.ts`, as TypeScript leaves it in declarations. */
const relativeImport = /((?:from|import\()\s*")(\.{1,2}\/[^"]+)\.ts"/g;

/**
 * Compiles the harness to its dist/: JavaScript with source maps and declarations, file by file, so that what a run
 * doesn't need isn't loaded. Copies the pages that its README names to its docs/.
 *
 * @returns how many files dist/ has
 * @throws Error with TypeScript's messages when a source has errors
 */
export function buildHarness(root: string): number {
  const harness = join(root, "contract-tests/harness");
  const dist = join(harness, "dist");
  rmSync(dist, { recursive: true, force: true });
  const parsed = ts.getParsedCommandLineOfConfigFile(join(harness, "tsconfig.build.json"), undefined, {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: (diagnostic) => {
      throw new Error(ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n"));
    },
  });
  if (!parsed) throw new Error("contract-tests/harness/tsconfig.build.json can't be read");
  const program = ts.createProgram(parsed.fileNames, parsed.options);
  const { diagnostics } = program.emit(undefined, (file, text) => {
    mkdirSync(dirname(file), { recursive: true });
    // Declarations keep `.ts` in their imports; every resolver follows `.js` to `.d.ts`.
    writeFileSync(file, file.endsWith(".d.ts") ? text.replace(relativeImport, '$1$2.js"') : text);
  });
  const problems = [...ts.getPreEmitDiagnostics(program), ...diagnostics];
  if (problems.length > 0)
    throw new Error(
      ts.formatDiagnostics(problems, {
        getCanonicalFileName: (name) => name,
        getCurrentDirectory: () => root,
        getNewLine: () => "\n",
      }),
    );
  for (const asset of assets) {
    mkdirSync(dirname(join(dist, asset)), { recursive: true });
    copyFileSync(join(harness, asset), join(dist, asset));
  }
  copyPages(join(root, "docs"), join(harness, "docs"));
  return readdirSync(dist, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length;
}

/** Copies the pages; of a link to what the package doesn't have, the text stays. */
function copyPages(from: string, to: string): void {
  rmSync(to, { recursive: true, force: true });
  mkdirSync(to);
  for (const page of pages) {
    const text = readFileSync(join(from, page), "utf8");
    const packed = text.replace(/\[([^\]]+)\]\((?!https?:|#)([^)#]+)(?:#[^)]*)?\)/g, (link, words, target) =>
      pages.includes(target) ? link : words,
    );
    writeFileSync(join(to, page), packed);
  }
}
