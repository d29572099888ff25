import { copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { type Ran, run } from "./run.ts";
import { toolCache } from "./tool-cache.ts";

/** Exact, so that a new version can't fail a build that changed nothing. */
const versions = { bun: "bun@1.4.5", deno: "deno@2.9.6", workerd: "workerd@1.20261117.1" };

/** Later lines of Node, beside the one that runs this; npm has their binaries by platform. */
export const laterNodes: readonly string[] = ["22.23.3", "24.21.0", "26.10.0"];

const name = "elevenlabs-single-use-token";
const report =
  'console.log(problems.length === 0 ? "probe passed" : "probe failed: " + problems.join("; "));';

/** One way of running the installed package. */
export interface RuntimeCheck {
  readonly title: string;
  run(): Promise<Ran>;
}

/** The package on every supported line of Node, by `import` and by `require`, and on the runtimes that npm can bring. */
export function runtimeChecks(root: string, folder: string, address: string): RuntimeCheck[] {
  copyFileSync(join(root, "scripts/check-package/probe.mjs"), join(folder, "probe.mjs"));
  const main = `import * as exports from "${name}";\nimport { probe } from "./probe.mjs";\nconst problems = await probe(exports, "${address}");\n${report}\n`;
  writeFileSync(join(folder, "main.mjs"), main);
  writeFileSync(
    join(folder, "main.cjs"),
    `const exports_ = require("${name}");\nimport("./probe.mjs").then(async ({ probe }) => {\nconst problems = await probe(exports_, "${address}");\n${report}\n});\n`,
  );
  writeFileSync(join(folder, "no-process.mjs"), `delete globalThis.process;\nawait import("./main.mjs");\n`);
  const node = (...args: string[]) => run(process.execPath, args, folder);
  const tool = async (which: keyof typeof versions): Promise<string> =>
    join(await toolCache(root, [versions[which]]), "node_modules/.bin", which);
  return [
    { title: `Node ${process.version}, import`, run: () => node("main.mjs") },
    { title: `Node ${process.version}, require`, run: () => node("main.cjs") },
    {
      title: `Node ${process.version} without eval`,
      run: () => node("--disallow-code-generation-from-strings", "main.mjs"),
    },
    { title: `Node ${process.version} without process`, run: () => node("no-process.mjs") },
    ...laterNodes.flatMap((version) => {
      const later = async (file: string): Promise<Ran> =>
        run(await nodeBinary(root, version), [file], folder);
      return [
        { title: `Node v${version}, import`, run: () => later("main.mjs") },
        { title: `Node v${version}, require`, run: () => later("main.cjs") },
      ];
    }),
    { title: versions.bun, run: async () => run(await tool("bun"), ["main.mjs"], folder) },
    {
      title: versions.deno,
      run: async () =>
        run(
          await tool("deno"),
          ["run", "--no-prompt", "--allow-net=127.0.0.1", "--node-modules-dir=manual", "main.mjs"],
          folder,
        ),
    },
    { title: versions.workerd, run: async () => workerd(await tool("workerd"), folder, address) },
  ];
}

/** The program of another line of Node, from npm. */
export async function nodeBinary(root: string, version: string): Promise<string> {
  const tool = `node-${process.platform}-${process.arch}`;
  return join(await toolCache(root, [`${tool}@${version}`]), "node_modules", tool, "bin/node");
}

/** workerd runs one bundled module, and reaches loopback only when told. It has no `process`. */
async function workerd(command: string, folder: string, address: string): Promise<Ran> {
  writeFileSync(
    join(folder, "worker-source.mjs"),
    `import * as exports from "${name}";\nimport { probe } from "./probe.mjs";\nexport default { async test() {\nconst problems = await probe(exports, "${address}");\n${report}\nif (problems.length > 0) throw new Error(problems.join("; "));\n} };\n`,
  );
  await build({
    entryPoints: [join(folder, "worker-source.mjs")],
    outfile: join(folder, "worker.mjs"),
    bundle: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    logLevel: "silent",
  });
  writeFileSync(
    join(folder, "worker.capnp"),
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = (modules = [(name = "worker", esModule = embed "worker.mjs")], compatibilityDate = "2025-09-01", globalOutbound = "loopback")),
    (name = "loopback", network = (allow = ["private"])),
  ],
);
`,
  );
  return run(command, ["test", "worker.capnp"], folder);
}
