import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../cli/input-error.ts";

/** One way into the package. */
export interface PackageEntry {
  /** As a user imports it: `elevenlabs-single-use-token/simulator`. */
  readonly specifier: string;
  /** The source, relative to the project: `src/simulator/index.ts`. */
  readonly source: string;
  /** The bundle without its extension, relative to dist/: `simulator`. */
  readonly output: string;
}

/**
 * The entries that package.json's `exports` promise: the declarations' path says where the source is, so that an
 * entry is added there alone.
 *
 * @throws InputError when an entry's source isn't there
 */
export function packageEntries(root: string): PackageEntry[] {
  const manifest: {
    name: string;
    exports: Record<string, string | { types: string; default: string }>;
  } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  return Object.entries(manifest.exports).flatMap(([path, target]) => {
    if (typeof target === "string") return [];
    const source = target.types.replace(/^\.\/dist\/types\//, "").replace(/\.d\.ts$/, ".ts");
    if (!existsSync(join(root, source)))
      throw new InputError(
        `package.json exports "${path}" from ${source}, which doesn't exist: correct exports or add the file.`,
      );
    const output = target.default.replace(/^\.\/dist\//, "").replace(/\.js$/, "");
    return [{ specifier: `${manifest.name}${path.slice(1)}`, source, output }];
  });
}
