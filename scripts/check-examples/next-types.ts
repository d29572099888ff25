import { cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Ran, run } from "../check-package/run.ts";
import { toolCache } from "../check-package/tool-cache.ts";
import { typeCheck } from "./type-check.ts";

const packages = ["next@16.4.6", "react@19.2.0", "react-dom@19.2.0", "@types/react@19.2.0"];

/** The Next.js example against the types that Next.js itself makes for a project's route handlers. */
export async function nextTypes(root: string): Promise<Ran> {
  const folder = await toolCache(root, packages);
  const examples = join(root, "docs/examples");
  // In a folder of the same depth, so that the example's own imports hold.
  const project = join(folder, "examples/next");
  mkdirSync(project, { recursive: true });
  cpSync(examples, join(folder, "examples"), { recursive: true });
  const generated = await run(
    process.execPath,
    [join(folder, "node_modules/next/dist/bin/next"), "typegen"],
    project,
    {
      NEXT_TELEMETRY_DISABLED: "1",
    },
  );
  if (generated.exitCode !== 0) return generated;
  return typeCheck(root, folder, {
    files: [join(project, ".next/types/validator.ts")],
    lib: ["ES2023", "DOM", "DOM.Iterable"],
    types: [],
  });
}
