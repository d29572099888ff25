import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../cli/input-error.ts";
import { run } from "./run.ts";

/**
 * Installs packages that only a check needs, once, into a folder of their own under .cache/.
 *
 * @param packages exact: `bun@1.4.5`
 * @returns the folder, which has a node_modules
 * @throws InputError when the registry doesn't give them
 */
export async function toolCache(root: string, packages: readonly string[]): Promise<string> {
  const folder = join(root, ".cache/tools", packages.join("+").replaceAll(/[^\w.+-]/g, "_"));
  const isComplete = join(folder, "complete");
  if (existsSync(isComplete)) return folder;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{"private":true}\n');
  const args = ["install", "--no-audit", "--no-fund", "--prefer-offline", "--save-exact", ...packages];
  const { exitCode, output } = await run("npm", args, folder);
  if (exitCode !== 0)
    throw new InputError(
      `npm can't install ${packages.join(", ")} into ${folder}: ${output.trim().split("\n").at(-1)}; check the network and run again.`,
    );
  writeFileSync(isComplete, "");
  return folder;
}
