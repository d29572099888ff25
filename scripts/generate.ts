import { runScript } from "./cli/run-script.ts";
import { tellWarnings } from "./cli/tell-warnings.ts";
import { finishReplacements } from "./files/replace-files.ts";
import { compile } from "./generate/compile.ts";
import { replaceGenerated } from "./generate/generated-folder.ts";
import { readInputs } from "./generate/inputs.ts";
import { projectRoot } from "./project-root.ts";

/** `npm run generate`: compiles spec/ to generated/. Exit 0 done, 2 the contract can't be used (nothing written). */
await runScript(async () => {
  finishReplacements(projectRoot);
  const warnings: string[] = [];
  const outputs = await compile(projectRoot, readInputs(projectRoot), undefined, (sentence) =>
    warnings.push(sentence),
  );
  const written = replaceGenerated(projectRoot, outputs);
  for (const { file, state } of written)
    console.log(`${state === "not generated" ? "deleted" : "wrote"} ${file}`);
  console.log(
    written.length === 0
      ? `generated/ is current (${outputs.size} files)`
      : `generated/ now has ${outputs.size} files`,
  );
  console.log(
    `repairs: ${repairCounts(outputs.get("manifest.json") ?? "{}")} (each place is in generated/manifest.json)`,
  );
  tellWarnings(warnings);
  return 0;
});

function repairCounts(manifestText: string): string {
  const manifest: { repairs: { id: string; changes: unknown[] }[] } = JSON.parse(manifestText);
  return manifest.repairs.map(({ id, changes }) => `${id} ${changes.length}`).join(", ");
}
