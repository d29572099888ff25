import { parseArgs } from "node:util";
import { InputError } from "./cli/input-error.ts";
import { runScript } from "./cli/run-script.ts";
import { finishReplacements, replaceFiles } from "./files/replace-files.ts";
import { type GivenPage, planImport } from "./import/plan-import.ts";
import { readSource } from "./import/read-source.ts";
import { projectRoot } from "./project-root.ts";
import { formatText } from "./spec-diff/format-text.ts";

const help = `usage: npm run spec:import -- FILE|URL... [--accept-breaking]

Keeps documented pages (markdown) verbatim under spec/documented/, with their provenance. Shows first what changes for
a client; a change that breaks one is only imported with --accept-breaking. CHANGELOG.md gets an entry and proposes the
next version. An address must be https: (or this machine), at most 5 MB, and answer within 20 s.

exit codes: 0 imported, 1 not imported because it breaks clients, 2 not usable; with 1 and 2 nothing is changed
`;

/** `npm run spec:import -- FILE|URL...`: exit 0 imported, 1 refused because it breaks clients, 2 not usable. */
await runScript(async () => {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      "accept-breaking": { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) {
    process.stdout.write(help);
    return 0;
  }
  if (positionals.length === 0)
    throw new InputError(
      'no page given; use "npm run spec:import -- FILE|URL", with the markdown of a documented page.',
    );
  finishReplacements(projectRoot);
  const pages: GivenPage[] = [];
  for (const source of positionals) pages.push({ source, text: await readSource(source) });
  const { diff, stale, version, files } = await planImport(
    projectRoot,
    pages,
    new Date().toISOString().slice(0, 10),
  );
  if (diff !== undefined)
    process.stdout.write(`${formatText(diff, process.stdout.isTTY && !process.env["NO_COLOR"])}\n`);
  if (diff?.bump === "major" && !values["accept-breaking"]) {
    console.error("not imported: existing clients break; to import it all the same, add --accept-breaking.");
    return 1;
  }
  replaceFiles(projectRoot, files);
  for (const name of files.keys()) console.log(`wrote ${name}`);
  if (version !== undefined) console.log(`proposed version of the next release: ${version}`);
  for (const sentence of stale) console.error(`before "npm run generate": ${sentence}`);
  console.log(
    files.size === 0 ? "nothing to import: the pages are as they were" : 'next: "npm run generate"',
  );
  return 0;
});
