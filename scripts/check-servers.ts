import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { checkServers } from "../contract-tests/self-test/servers/check-servers.ts";
import { ServersUnavailableError } from "../contract-tests/self-test/servers/install-servers.ts";
import { realServersPage } from "../contract-tests/self-test/servers/real-servers-page.ts";
import { InputError } from "./cli/input-error.ts";
import { runScript } from "./cli/run-script.ts";
import { projectRoot } from "./project-root.ts";

const help = `Usage: npm run check:servers -- [NAME...] [options]

Judges five applications as teams write them, clean and with each of their planted bugs, by the documents that they
generate themselves. Writes docs/real-servers.md when all of them are judged.

  NAME      fastapi, fastify, nestjs, hono or express (default: all)
  --check   write nothing: for CI
  --help    this text

Exit codes: 0 everything is as the catalogues say; 1 it isn't; 2 the servers couldn't be judged.
`;

/** `npm run check:servers`. */
await runScript(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { check: { type: "boolean" }, help: { type: "boolean" } },
  });
  if (values.help) {
    process.stdout.write(help);
    return 0;
  }
  try {
    const { scores, complaints } = await checkServers(positionals, (line) => console.log(line));
    if (!values.check && positionals.length === 0)
      writeFileSync(join(projectRoot, "docs/real-servers.md"), realServersPage(scores));
    for (const complaint of complaints) console.error(complaint);
    return complaints.length === 0 ? 0 : 1;
  } catch (error) {
    if (error instanceof ServersUnavailableError || error instanceof RangeError)
      throw new InputError(error.message);
    throw error;
  }
});
