import { buildPackage } from "./build/build-package.ts";
import { runScript } from "./cli/run-script.ts";
import { projectRoot } from "./project-root.ts";

/** `npm run build`: writes dist/, an ES module and declarations for each entry of package.json's `exports`. */
await runScript(async () => {
  for (const { file, bytes } of await buildPackage(projectRoot)) console.log(`${file} ${bytes} bytes`);
  return 0;
});
