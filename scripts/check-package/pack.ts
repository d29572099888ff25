import { existsSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "./run.ts";

/** The tarball as it would be published, installed into a folder that has nothing else. */
export interface InstalledPackage {
  readonly tarball: string;
  readonly folder: string;
  /** Paths inside the tarball. */
  readonly files: readonly string[];
  /** Names of everything that came with it. */
  readonly dependencies: readonly string[];
  /** Of everything installed. */
  readonly installedBytes: number;
}

/**
 * Packs the project and installs the tarball into an empty folder.
 *
 * @throws Error when npm can't
 */
export async function packAndInstall(root: string, name: string, folder: string): Promise<InstalledPackage> {
  const packed = await run("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", folder], root);
  // npm prints its notices after the JSON.
  const [report]: { filename: string; files: { path: string }[] }[] = JSON.parse(
    packed.output.slice(packed.output.indexOf("["), packed.output.lastIndexOf("]") + 1),
  );
  if (packed.exitCode !== 0 || !report) throw new Error(`npm pack failed: ${packed.output}`);
  const tarball = join(folder, report.filename);
  writeFileSync(join(folder, "package.json"), '{"private":true}\n');
  const args = ["install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline", tarball];
  const installed = await run("npm", args, folder);
  const modules = join(folder, "node_modules");
  if (installed.exitCode !== 0 || !existsSync(join(modules, name)))
    throw new Error(`npm install failed: ${installed.output}`);
  const all = readdirSync(modules, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return {
    tarball,
    folder,
    files: report.files.map(({ path }) => path),
    dependencies: readdirSync(modules).filter((entry) => !entry.startsWith(".") && entry !== name),
    installedBytes: all.reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0),
  };
}
