import { loadAhead } from "../contract-tests/harness/cli/load-ahead.ts";

/** `npm run conformance`: does a server conform to our contract, and does our client? `--help` tells the rest. */
const args = process.argv.slice(2);
loadAhead(args);
const [{ runCommand }, { conformanceExtension }] = await Promise.all([
  import("../contract-tests/harness/cli/run-command.ts"),
  import("../contract-tests/suites/conformance-extension.ts"),
]);
await runCommand(args, conformanceExtension);
