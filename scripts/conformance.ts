import { conformance } from "../contract-tests/harness/cli/conformance.ts";
import { isUserError } from "../contract-tests/harness/cli/user-error.ts";
import { InputError } from "./cli/input-error.ts";
import { runScript } from "./cli/run-script.ts";

/** `npm run conformance`: does a server keep the contract, and does our client? `--help` tells the rest. */
await runScript(() =>
  conformance(process.argv.slice(2), { stdout: process.stdout, env: process.env }).catch((error: unknown) => {
    throw isUserError(error) ? new InputError(error.message) : error;
  }),
);
