import { runCommand } from "../contract-tests/harness/cli/run-command.ts";
import { conformanceExtension } from "../contract-tests/suites/conformance-extension.ts";

/** `npm run conformance`: does a server conform to our contract, and does our client? `--help` tells the rest. */
await runCommand(process.argv.slice(2), conformanceExtension);
