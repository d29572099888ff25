import { parseArgs } from "node:util";
import { InputError } from "./cli/input-error.ts";
import { runScript } from "./cli/run-script.ts";
import { projectRoot } from "./project-root.ts";
import { checkPages, exitCodeOf } from "./spec-check/check-pages.ts";
import { formatMarkdown } from "./spec-diff/format-markdown.ts";
import { formatText } from "./spec-diff/format-text.ts";

const help = `usage: npm run spec:check [-- --format text|json|markdown] [--origin URL]

Fetches the pages that spec/documented/provenance.json names and compares them with what was imported. --origin
replaces the scheme and host of their addresses, for a mirror.

exit codes: 0 the pages are the same, 1 a page changed (with what that means for a client), 2 could not tell
`;

/** `npm run spec:check`: exit 0 same, 1 changed, 2 could not tell. */
await runScript(async () => {
  const { values } = parseArgs({
    options: {
      format: { type: "string", default: "text" },
      origin: { type: "string" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) {
    process.stdout.write(help);
    return 0;
  }
  if (!["text", "json", "markdown"].includes(values.format))
    throw new InputError(`--format ${values.format}: choose text, json or markdown.`);
  const check = await checkPages(projectRoot, { origin: values.origin });
  if (values.format === "json") process.stdout.write(`${JSON.stringify(check, null, 2)}\n`);
  else {
    for (const file of check.unchanged) console.log(`same: ${file}`);
    for (const file of check.unchecked)
      console.log(`not checked: ${file} (imported from a file; its address is unknown)`);
    for (const { file, source } of check.changed) console.log(`changed: ${file} (${source})`);
    const colour = process.stdout.isTTY && !process.env["NO_COLOR"];
    if (check.diff?.bump === "none")
      console.log("The contract is the same: only the page's other text changed.");
    else if (check.diff !== undefined)
      process.stdout.write(
        `\n${values.format === "markdown" ? formatMarkdown(check.diff) : formatText(check.diff, colour)}`,
      );
    // What can't be used can't be taken over either.
    if (check.changed.length > 0 && check.failures.length === 0)
      console.log(
        `\nto import it: npm run spec:import -- ${check.changed.map(({ source }) => source).join(" ")} && npm run generate`,
      );
  }
  for (const failure of check.failures) console.error(`could not tell: ${failure}`);
  return exitCodeOf(check);
});
