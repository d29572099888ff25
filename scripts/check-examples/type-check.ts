import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { packageEntries } from "../build/package-entries.ts";
import { type Ran, run } from "../check-package/run.ts";

/** Type-checks files strictly, as a bundler's user would, against the built package and only the given libraries. */
export function typeCheck(
  root: string,
  folder: string,
  settings: {
    readonly files: readonly string[];
    readonly lib: readonly string[];
    readonly types: readonly string[];
  },
): Promise<Ran> {
  const { files, lib, types } = settings;
  writeFileSync(
    join(folder, "tsconfig.json"),
    JSON.stringify({
      extends: join(root, "tsconfig.json"),
      compilerOptions: {
        lib,
        types,
        typeRoots: [join(folder, "node_modules")],
        module: "ESNext",
        moduleResolution: "bundler",
        paths: Object.fromEntries(
          packageEntries(root).map(({ specifier, source }) => [
            specifier,
            [join(root, "dist/types", source.replace(/\.ts$/, ".d.ts"))],
          ]),
        ),
      },
      include: [],
      files,
    }),
  );
  return run(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", folder], folder);
}
