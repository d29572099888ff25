import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { configSchema } from "../contract-tests/harness/cli/config-schema.ts";
import { projectRoot } from "./project-root.ts";

/** `npm run config-schema`: writes the JSON Schema of the harness's configuration file from its table of settings. */
const file = join(projectRoot, "contract-tests/harness/cli/conformance.schema.json");
writeFileSync(file, `${JSON.stringify(configSchema(), undefined, 2)}\n`);
