import { join } from "node:path";
import { parseArgs } from "node:util";
import { loadContract } from "../contract-tests/harness/contract/load-contract.ts";
import { startPrismMock } from "../contract-tests/harness/targets/prism-mock.ts";
import { InputError } from "./cli/input-error.ts";
import { parsePort } from "./cli/parse-port.ts";
import { runScript } from "./cli/run-script.ts";
import { untilInterrupted } from "./cli/until-interrupted.ts";
import { projectRoot } from "./project-root.ts";

const help = `Usage: npm run mock -- [--port N]

Serves the contract (generated/openapi.yaml) with Prism on 127.0.0.1 until Ctrl-C.

  --port N   port to listen on; 0 picks a free one (default 4010)
  --help     print this help

Request a particular documented response with the header "Prefer: code=422".
Exit codes: 0 stopped, 2 couldn't start.`;

/** `npm run mock`: the contract as a server. */
await runScript(async () => {
  const { values } = parseArgs({
    options: { port: { type: "string", default: "4010" }, help: { type: "boolean" } },
  });
  if (values.help) {
    console.log(help);
    return 0;
  }
  const port = parsePort(values.port);
  const mock = await startPrismMock(await loadContract(join(projectRoot, "generated/openapi.yaml")), {
    port,
  }).catch((error: unknown) => {
    if (error instanceof Error && error.message.includes("EADDRINUSE"))
      throw new InputError(
        `port ${port} is in use; choose another with --port, or --port 0 for any free one.`,
      );
    throw error;
  });
  console.log(`The mock serves generated/openapi.yaml on ${mock.address} (Ctrl-C stops it)`);
  await untilInterrupted();
  await mock.close();
  console.log("stopped");
  return 0;
});
