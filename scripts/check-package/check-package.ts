import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createContext, runInContext } from "node:vm";
import { buildPackage } from "../build/build-package.ts";
import { packageEntries } from "../build/package-entries.ts";
import { relativeLinks } from "../readme/relative-links.ts";
import { bundle, withoutGenerated } from "./bundle-size.ts";
import { loopbackProvider } from "./loopback-provider.ts";
import { operationWeight } from "./operation-weight.ts";
import { packAndInstall } from "./pack.ts";
import { run } from "./run.ts";
import { runtimeChecks } from "./runtimes.ts";
import { typeConsumer } from "./type-consumer.ts";

/** What the package may weigh; raised only with a reason. 1000 bytes are a kB. */
const limits = {
  gzipBytes: 4500,
  /** Of it, what is there whatever the contract: without what is generated. */
  runTimeGzipBytes: 4000,
  /** Of each further plain JSON operation, without its validator. */
  operationGzipBytes: 150,
  dependencies: 2,
  /** A third of it are source maps, an eighth is documentation. */
  installedBytes: 1024 * 1024,
};

/**
 * Proves the package as it would be published, not the source: packed, installed where nothing else is, and used.
 *
 * @param say called with a line for each check as it ends
 */
export async function checkPackage(
  root: string,
  say: (isPassed: boolean, line: string) => void,
): Promise<void> {
  const { name }: { name: string } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const folder = mkdtempSync(join(tmpdir(), "packed-"));
  const provider = await loopbackProvider();
  try {
    await buildPackage(root);
    const installed = await packAndInstall(root, name, folder);
    const { files, dependencies, installedBytes, tarball } = installed;
    const strangers = files.filter(
      (file) => !/^(dist\/|docs\/[\w-]+\.md$|package\.json$|LICENSE$|[A-Z]+\.md$)/.test(file),
    );
    say(
      strangers.length === 0,
      `${files.length} files packed${strangers.map((file) => `, unexpected: ${file}`).join("")}`,
    );
    const readme = relativeLinks(readFileSync(join(root, "README.md"), "utf8"));
    const missing = readme.filter((link) => !files.includes(link));
    say(
      readme.length > 0 && missing.length === 0,
      `what the README links is packed${missing.map((link) => `, missing: ${link}`).join("")}`,
    );
    say(
      dependencies.length <= limits.dependencies && installedBytes < limits.installedBytes,
      `installs with ${dependencies.length} packages (${dependencies.join(", ")}), ${Math.ceil(installedBytes / 1024)} KiB in all`,
    );

    const publint = await run(join(root, "node_modules/.bin/publint"), ["run", tarball, "--strict"], root);
    say(publint.exitCode === 0, `publint${publint.exitCode === 0 ? "" : `:\n${publint.output}`}`);
    const attw = await run(join(root, "node_modules/.bin/attw"), [tarball, "--profile", "esm-only"], root);
    say(attw.exitCode === 0, `are the types wrong${attw.exitCode === 0 ? "? no" : `:\n${attw.output}`}`);
    for (const { name: settings, problem } of await typeConsumer(root, folder))
      say(problem === undefined, `a caller's code compiles: ${settings}${problem ? `:\n${problem}` : ""}`);

    const { code, bytes, gzipBytes } = await bundle(`export { ElevenLabsClient } from "${name}"`, folder);
    say(
      gzipBytes <= limits.gzipBytes,
      `bundles for the browser: ${bytes} bytes, ${gzipBytes} with gzip, loaded at start (limit ${limits.gzipBytes})`,
    );
    const runTime = await bundle(`export { ElevenLabsClient } from "./src/index.ts"`, root, {
      plugins: [withoutGenerated],
    });
    say(
      runTime.gzipBytes <= limits.runTimeGzipBytes,
      `of it ${runTime.gzipBytes} bytes with gzip without what is generated (limit ${limits.runTimeGzipBytes})`,
    );
    const operationBytes = await operationWeight(root);
    say(
      operationBytes > 0 && operationBytes <= limits.operationGzipBytes,
      `each further JSON operation adds ${Math.ceil(operationBytes)} bytes with gzip (limit ${limits.operationGzipBytes})`,
    );
    const context = createContext({ URL });
    const loaded = runInContext(`${code.replace(/export\s*\{[^}]*\};?\s*$/, "")};typeof URL`, context);
    say(loaded === "function", "the browser's bundle loads where there is neither process nor fetch");

    for (const { specifier } of packageEntries(root)) {
      const needs = specifier.endsWith("/simulator") ? "ws" : undefined;
      if (needs) await run("npm", ["install", "--no-audit", "--no-fund", "--prefer-offline", needs], folder);
      const loaded = await run(
        process.execPath,
        [
          "--input-type=module",
          "-e",
          `console.log(Object.keys(await import(${JSON.stringify(specifier)})).length)`,
        ],
        folder,
      );
      const count = Number(loaded.output.trim().split("\n")[0]);
      say(
        loaded.exitCode === 0 && count > 0,
        `import "${specifier}": ${loaded.exitCode === 0 ? `${count} exports` : loaded.output}`,
      );
    }
    for (const { title, run: start } of runtimeChecks(root, folder, provider.address)) {
      const { exitCode, output } = await start();
      const isPassed = exitCode === 0 && output.includes("probe passed");
      say(isPassed, `used on ${title}${isPassed ? "" : `:\n${output}`}`);
    }
  } finally {
    await provider.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
