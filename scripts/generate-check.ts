import { runScript } from "./cli/run-script.ts";
import { compile } from "./generate/compile.ts";
import { compareGenerated } from "./generate/generated-folder.ts";
import { readInputs } from "./generate/inputs.ts";
import { projectRoot } from "./project-root.ts";

/** `npm run generate:check`: exit 0 when generated/ is what spec/ compiles to, 1 when it is stale, 2 when it can't be told. */
await runScript(async () => {
  const outputs = await compile(projectRoot, readInputs(projectRoot));
  const stale = compareGenerated(projectRoot, outputs);
  for (const { file, state } of stale) console.error(`${file}: ${state}`);
  if (stale.length === 0) console.log(`generated/ is current: ${outputs.size} files, byte for byte`);
  else
    console.error(
      `generated/ is stale in ${stale.length} file(s): run "npm run generate" and commit the result.`,
    );
  return stale.length === 0 ? 0 : 1;
});
