import { parseArgs } from "node:util";
import { checkPages } from "./check-pages/check-pages.ts";
import { pagesTable } from "./check-pages/pages-table.ts";
import { InputError } from "./cli/input-error.ts";
import { runScript } from "./cli/run-script.ts";
import { projectRoot } from "./project-root.ts";

/**
 * `npm run check:pages -- FOLDER...`: tries documented pages, in a copy of the project: those of the project's provider
 * together, those of others each alone. Exit 0 when all become a client whose every call works, 1 when not.
 */
await runScript(async () => {
  const { positionals } = parseArgs({ allowPositionals: true });
  if (positionals.length === 0)
    throw new InputError('no pages given; use "npm run check:pages -- FOLDER", with documented pages in it.');
  const results = await checkPages(projectRoot, positionals, (line) => console.error(line));
  process.stdout.write(pagesTable(results));
  return results.every(({ problems }) => problems.length === 0) ? 0 : 1;
});
