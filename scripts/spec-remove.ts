import { parseArgs } from "node:util";
import { InputError } from "./cli/input-error.ts";
import { runScript } from "./cli/run-script.ts";
import { tellWarnings } from "./cli/tell-warnings.ts";
import { finishReplacements } from "./files/replace-files.ts";
import { changePages } from "./import/change-pages.ts";
import { projectRoot } from "./project-root.ts";

const help = `usage: npm run spec:remove -- FILE|ADDRESS... [--accept-breaking]

Removes imported pages from the contract: their files under spec/documented/ and their provenance. Name each by its file
or its address, as in spec/documented/provenance.json. First shows what changes for clients; removing an operation breaks
its callers, so it needs --accept-breaking.

exit codes: 0 removed, 1 not removed because it breaks clients, 2 not usable; with 1 and 2 nothing is changed
`;

/** `npm run spec:remove -- FILE|ADDRESS...`: exit 0 removed, 1 refused because it breaks clients, 2 not usable. */
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
    throw new InputError('no page named; use "npm run spec:remove -- spec/documented/PAGE.md".');
  finishReplacements(projectRoot);
  const { exitCode, warnings } = await changePages(
    projectRoot,
    { removed: positionals },
    values["accept-breaking"],
  );
  tellWarnings(warnings);
  return exitCode;
});
