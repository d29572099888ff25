import { join } from "node:path";
import { runScript } from "./cli/run-script.ts";
import { lintContract } from "./generate/lint-contract.ts";
import { projectRoot } from "./project-root.ts";

/** `npm run spec:lint`: Redocly's recommended rules over generated/openapi.yaml. Exit 0 clean, 1 not. */
await runScript(async () => {
  const problems = await lintContract(
    join(projectRoot, "generated/openapi.yaml"),
    join(projectRoot, "redocly.yaml"),
  );
  for (const { line, rule, severity, message } of problems)
    console.error(`generated/openapi.yaml:${line}: ${severity}: ${message} [${rule}]`);
  console.log(problems.length === 0 ? "generated/openapi.yaml lints clean" : `${problems.length} problem(s)`);
  return problems.length === 0 ? 0 : 1;
});
