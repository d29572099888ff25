import { parseArgs } from "node:util";
import { InputError } from "./cli/input-error.ts";
import { runScript } from "./cli/run-script.ts";
import { readOverlays } from "./generate/inputs.ts";
import { projectRoot } from "./project-root.ts";
import { diffContracts, exitCodeOf } from "./spec-diff/diff-contracts.ts";
import { ourCode, readMentions } from "./spec-diff/find-mentions.ts";
import { formatMarkdown } from "./spec-diff/format-markdown.ts";
import { formatText } from "./spec-diff/format-text.ts";
import { loadContractSide } from "./spec-diff/load-contract-side.ts";

const help = `usage: npm run spec:diff -- BASE REVISION [--format text|json|markdown]

Compares two contracts and rates every change by the version part (semver) that a client's release must raise.
BASE and REVISION are each a documented page (markdown), an OpenAPI 3.0 or 3.1 document (YAML or JSON), or a git
revision such as HEAD~1 or v1, whose generated/openapi.yaml is read.

exit codes: 0 nothing breaks, 1 something breaks, 2 could not compare
`;

/** `npm run spec:diff -- BASE REVISION`: exit 0 nothing breaks, 1 something breaks, 2 could not compare. */
await runScript(async () => {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      format: { type: "string", default: "text" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) {
    process.stdout.write(help);
    return 0;
  }
  const [base, revision, ...more] = positionals;
  if (base === undefined || revision === undefined || more.length > 0)
    throw new InputError(
      `two contracts are compared, ${positionals.length} given; see "npm run spec:diff -- --help".`,
    );
  if (!["text", "json", "markdown"].includes(values.format))
    throw new InputError(`--format ${values.format}: choose text, json or markdown.`);
  const overlays = readOverlays(projectRoot);
  const sides = [
    await loadContractSide(projectRoot, base, overlays),
    await loadContractSide(projectRoot, revision, overlays),
  ] as const;
  const diff = await diffContracts(...sides, await readMentions(projectRoot, ourCode));
  const colour = process.stdout.isTTY === true && !process.env["NO_COLOR"];
  if (values.format === "json") process.stdout.write(`${JSON.stringify(diff, null, 2)}\n`);
  else process.stdout.write(values.format === "markdown" ? formatMarkdown(diff) : formatText(diff, colour));
  return exitCodeOf(diff);
});
