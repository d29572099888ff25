import { readFileSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../cli/input-error.ts";

/** The packages that have one version together. */
export const manifestFiles = ["package.json", "contract-tests/harness/package.json"];

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly repository?: unknown;
}

/**
 * The files that name the version, with another one: manifests, lock file, and the Action's default.
 *
 * @throws InputError when the manifests disagree, or don't say where the project is published
 */
export function withVersion(root: string, version: string): Map<string, string> {
  const files = new Map<string, string>();
  const manifests = manifestFiles.map((file) => ({ file, ...readManifest(root, file) }));
  const [first] = manifests;
  for (const { file, name, version: old, repository } of manifests) {
    if (old !== first?.version)
      throw new InputError(
        `${file}: has version ${old}, package.json ${first?.version}; they are released together.`,
      );
    if (repository === undefined)
      throw new InputError(
        `${file}: has no "repository"; npm's provenance needs the address that ${name} is published from.`,
      );
    files.set(file, read(root, file).replace(`"version": "${old}"`, `"version": "${version}"`));
  }
  const lock = JSON.parse(read(root, "package-lock.json"));
  lock.version = version;
  for (const path of ["", "contract-tests/harness"]) lock.packages[path].version = version;
  files.set("package-lock.json", `${JSON.stringify(lock, null, 2)}\n`);
  files.set(
    "action.yml",
    read(root, "action.yml").replace(/(default: openapi-conformance@)\S+/, `$1${version}`),
  );
  return files;
}

/** The version that the project has. */
export function currentVersion(root: string): string {
  return readManifest(root, "package.json").version;
}

function readManifest(root: string, file: string): Manifest {
  return JSON.parse(read(root, file));
}

function read(root: string, file: string): string {
  return readFileSync(join(root, file), "utf8");
}
