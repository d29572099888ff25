import { parseArgs } from "node:util";
import { InputError } from "./cli/input-error.ts";
import { runScript } from "./cli/run-script.ts";
import { tellWarnings } from "./cli/tell-warnings.ts";
import { finishReplacements } from "./files/replace-files.ts";
import { changePages } from "./import/change-pages.ts";
import { givenPages } from "./import/given-pages.ts";
import { projectRoot } from "./project-root.ts";

const help = `usage: npm run spec:import -- SOURCE... [--only TEXT] [--instead] [--accept-breaking]

Saves documented pages (markdown) verbatim under spec/documented/, with their provenance. First shows what changes for
clients; changes that break them are imported only with --accept-breaking. Adds an entry to CHANGELOG.md that proposes
the next version.

A SOURCE is a page (file or address), an OpenAPI 3.0 or 3.1 document in its place (YAML or JSON), a folder of them, or
an index that lists their addresses (llms.txt); from folders and indexes, --only takes the pages whose address contains
TEXT. An address must be https: (or on this machine); its page has at most 5 MB and arrives within 20 s. A page whose
operations are now on the given pages (it moved, or was split) is replaced by them. With --instead the given pages replace
all imported ones, as those of another provider do: describe that provider in spec/provider.yaml first.

exit codes: 0 imported, 1 not imported because it breaks clients, 2 not usable; with 1 and 2 nothing is changed
`;

/** `npm run spec:import -- SOURCE...`: exit 0 imported, 1 refused because it breaks clients, 2 not usable. */
await runScript(async () => {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      "accept-breaking": { type: "boolean", default: false },
      only: { type: "string", default: "" },
      instead: { type: "boolean", default: false },
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
  const { pages, leftOut } = await givenPages(positionals, values.only);
  const { exitCode, warnings } = await changePages(
    projectRoot,
    { given: pages, isWhole: values.instead },
    values["accept-breaking"],
  );
  tellWarnings([...leftOut, ...warnings]);
  return exitCode;
});
