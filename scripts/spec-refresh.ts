import { spawnSync } from "node:child_process";
import { appendFileSync, writeFileSync } from "node:fs";
import { parseArgs, stripVTControlCharacters } from "node:util";
import { InputError } from "./cli/input-error.ts";
import { runScript } from "./cli/run-script.ts";
import { finishReplacements, replaceFiles } from "./files/replace-files.ts";
import { planImport } from "./import/plan-import.ts";
import { readSource } from "./import/read-source.ts";
import { projectRoot } from "./project-root.ts";
import { type RefreshStep, refreshReport } from "./refresh/refresh-report.ts";
import { checkPages } from "./spec-check/check-pages.ts";

const help = `usage: npm run spec:refresh -- --report FILE [--origin URL]

Fetches the imported pages again. If one has changed, imports it (breaking or not: a person decides in the pull request),
regenerates, runs the type check and the conformance run, and writes what it all means to FILE (Markdown).
--origin replaces the scheme and host of the pages' addresses, for a mirror.

exit codes: 0 the pages are the same, 1 the contract was refreshed, 2 could not tell; with 0 and 2 nothing is changed
`;

const steps = [
  ["generate", "generate"],
  ["type check", "typecheck"],
  ["conformance", "conformance"],
] as const;

/** `npm run spec:refresh`: exit 0 nothing new, 1 refreshed, 2 could not tell. */
await runScript(async () => {
  const { values } = parseArgs({
    options: {
      report: { type: "string" },
      origin: { type: "string" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) {
    process.stdout.write(help);
    return 0;
  }
  if (values.report === undefined)
    throw new InputError("--report FILE is missing: name the file to write the result to.");
  finishReplacements(projectRoot);
  const check = await checkPages(projectRoot, { origin: values.origin });
  if (check.failures.length > 0) throw new InputError(check.failures.join(" "));
  if (check.changed.length + check.unchanged.length === 0)
    throw new InputError(
      `the address of ${check.unchecked.join(", ")} is unknown; import it from its address.`,
    );
  if (check.changed.length === 0) {
    console.log(`same: ${check.unchanged.join(", ")}`);
    return 0;
  }
  const pages = [];
  for (const { source } of check.changed) pages.push({ source, text: await readSource(source) });
  const today = new Date().toISOString().slice(0, 10);
  const { diff, stale, files, version } = await planImport(projectRoot, { given: pages }, today);
  begin(values.report);
  replaceFiles(projectRoot, files);
  const outcomes = steps.map(([name, script]) => runStep(name, script));
  writeFileSync(values.report, refreshReport(diff, outcomes, stale));
  tellWorkflow(diff?.bump ?? "none", version);
  console.log(`refreshed: ${check.changed.map(({ file }) => file).join(", ")}; see ${values.report}`);
  return 1;
});

function runStep(name: string, script: string): RefreshStep {
  console.log(`running: npm run ${script}`);
  const { status, stdout, stderr } = spawnSync("npm", ["run", "--silent", script], {
    cwd: projectRoot,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  return {
    name,
    command: `npm run ${script}`,
    exitCode: status ?? 2,
    output: stripVTControlCharacters(`${stdout}${stderr}`),
  };
}

/** A report that can't be written must be known before anything is changed. */
function begin(report: string): void {
  try {
    writeFileSync(report, "");
  } catch (error) {
    throw new InputError(
      `--report ${report}: can't be written (${error instanceof Error ? error.message : error}); name a file in a folder that exists.`,
    );
  }
}

/** In a GitHub workflow, the title of the pull request is made from these. */
function tellWorkflow(bump: string, version = ""): void {
  const file = process.env["GITHUB_OUTPUT"];
  if (file !== undefined) appendFileSync(file, `bump=${bump}\nversion=${version}\n`);
}
