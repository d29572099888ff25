import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildHarness } from "../build/build-harness.ts";
import { packAndInstall } from "../check-package/pack.ts";
import { run } from "../check-package/run.ts";
import { laterNodes, nodeBinary } from "../check-package/runtimes.ts";
import { commentByAction } from "./comment-by-action.ts";
import { greetingServer, writeConsumer } from "./consumer.ts";
import { playReadme } from "./play-readme.ts";
import { type ActionRun, runAction } from "./run-action.ts";

export type Say = (isPassed: boolean, line: string) => void;

/** What installing it may bring; raised only with a reason. Of the packages five are for proxies, nine for the sensitivity, one for OAuth 2. */
const limits = { dependencies: 34, installedBytes: 16 * 1024 * 1024 };

/**
 * Proves the package `openapi-conformance` as it would be published: packed, installed into an empty folder outside the
 * repository, and used there by command, by import and by Vitest, on every supported line of Node.
 *
 * @param say called with a line for each check as it ends
 */
export async function checkHarness(root: string, say: Say): Promise<void> {
  const source = join(root, "contract-tests/harness");
  const { name, version, peerDependencies } = JSON.parse(readFileSync(join(source, "package.json"), "utf8"));
  const folder = mkdtempSync(join(tmpdir(), "packed-harness-"));
  const server = await greetingServer();
  try {
    buildHarness(root);
    const installed = await packAndInstall(source, name, folder);
    const { files, dependencies, installedBytes, tarball } = installed;
    const strangers = files.filter(
      (file) => !/^(dist\/|docs\/[\w-]+\.md$|package\.json$|README\.md$|LICENSE$)/.test(file),
    );
    say(
      strangers.length === 0 && files.includes("dist/cli/bin.js"),
      `${name} ${version}: ${files.length} files packed${strangers.map((file) => `, unexpected: ${file}`).join("")}`,
    );
    say(
      dependencies.length <= limits.dependencies && installedBytes < limits.installedBytes,
      `installs with ${dependencies.length} packages (${dependencies.join(", ")}), ${Math.ceil(installedBytes / 1024)} KiB in all`,
    );
    const publint = await run(join(root, "node_modules/.bin/publint"), ["run", tarball, "--strict"], root);
    say(publint.exitCode === 0, `publint${publint.exitCode === 0 ? "" : `:\n${publint.output}`}`);
    const attw = await run(join(root, "node_modules/.bin/attw"), [tarball, "--profile", "esm-only"], root);
    say(attw.exitCode === 0, `are the types wrong${attw.exitCode === 0 ? "? no" : `:\n${attw.output}`}`);
    const inside = files.filter(
      (file) =>
        /\.(js|mjs|map|json|ts)$/.test(file) &&
        readFileSync(join(folder, "node_modules", name, file), "utf8").includes(root),
    );
    say(
      inside.length === 0,
      `names no path of the repository${inside.map((file) => `, but ${file} does`).join("")}`,
    );

    writeConsumer(folder, server.address);
    await judgeByCommand(folder, server.address, say);
    await typeCheck(root, folder, say);
    await judgeByAction(root, folder, tarball, server.address, say);
    const tools = [
      `vitest@${installedVersion(root, "vitest")}`,
      `@stoplight/prism-cli@${installedVersion(root, "@stoplight/prism-cli")}`,
    ];
    await useWithPeers(folder, tools, peerDependencies, say);
    await playReadme(root, folder, say);
    const nodes = [
      { line: process.version, program: () => Promise.resolve(process.execPath) },
      ...laterNodes.map((line) => ({ line: `v${line}`, program: () => nodeBinary(root, line) })),
    ];
    for (const { line, program } of nodes) {
      const ran = await run(await program(), ["main.mjs"], folder);
      say(
        ran.exitCode === 0 && ran.output.includes("conforms, and the liar does not"),
        `used by import on Node ${line}${ran.exitCode === 0 ? "" : `:\n${ran.output}`}`,
      );
    }
  } finally {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function judgeByCommand(folder: string, address: string, say: Say): Promise<void> {
  const command = async (args: readonly string[], expected: number, words: RegExp) => {
    const { exitCode, output } = await run("npx", ["--no-install", "openapi-conformance", ...args], folder);
    const isPassed = exitCode === expected && words.test(output) && !/\n\s+at /.test(output);
    const shown = `npx openapi-conformance ${args.join(" ")}`;
    say(isPassed, `${shown}: exit ${expected}${isPassed ? "" : `, not ${exitCode}:\n${output}`}`);
  };
  await command(["--help"], 0, /--max-time SECONDS/);
  await command(["--spec", "greetings.yaml", "--target", address], 0, /✓ conforms/);
  await command(["--spec", "greetings.yaml", "--target", `${address}/liar`], 1, /✗ does not conform/);
  await command(["--target", address], 2, /--spec FILE is missing/);
  await command(["--spec", "absent.yaml"], 2, /there is no such file/);
  await command(["--spec", "greetings.yaml"], 2, /npm install --save-dev @stoplight\/prism-cli/);
  await command(["--spec", "greetings.yaml", "--targt", address], 2, /did you mean --target/);
}

/** The steps of the GitHub Action, with the packed package in place of the published one. */
async function judgeByAction(
  root: string,
  folder: string,
  tarball: string,
  address: string,
  say: Say,
): Promise<void> {
  const action = async (
    title: string,
    inputs: Record<string, string>,
    expected: number,
    fits: (ran: ActionRun) => boolean,
  ) => {
    const ran = await runAction(root, folder, { spec: "greetings.yaml", package: tarball, ...inputs });
    const isPassed = ran.exitCode === expected && fits(ran);
    say(isPassed, `the Action ${title}${isPassed ? "" : `: exit ${ran.exitCode}\n${ran.output}`}`);
  };
  await action(
    "passes for a server that conforms, and says where the SARIF report is",
    { target: address },
    0,
    ({ outputs, stepSummary }) => {
      const sarif = readFileSync(join(folder, outputs.get("sarif") ?? "absent"), "utf8");
      return JSON.parse(sarif).version === "2.1.0" && stepSummary.includes("Conforms");
    },
  );
  const liar = {
    target: `${address}/liar`,
    reports: "html sarif",
    arguments: "--seed\n7\n--skip-check\nstability",
  };
  await action(
    "fails as the command does, with its reports and further arguments",
    liar,
    1,
    ({ output, outputs }) =>
      output.includes("seed 7") &&
      outputs.has("sarif") &&
      existsSync(join(folder, "conformance-report/conformance.html")),
  );
  await commentByAction(root, folder, { package: tarball, target: `${address}/liar` }, say);
  await action(
    "says in one sentence that no server answers",
    { target: "http://127.0.0.1:1", "wait-for": "1" },
    2,
    ({ output }) => output.includes("No server answers at http://127.0.0.1:1"),
  );
}

async function typeCheck(root: string, folder: string, say: Say): Promise<void> {
  const { exitCode, output } = await run(join(root, "node_modules/.bin/tsc"), ["-p", "."], folder);
  say(exitCode === 0, `a caller's code compiles, strict${exitCode === 0 ? "" : `:\n${output}`}`);
}

/** The optional peers: a suite of Vitest, and the mock that stands in for a target. */
async function useWithPeers(
  folder: string,
  tools: readonly string[],
  peers: Readonly<Record<string, string>>,
  say: Say,
): Promise<void> {
  const args = ["install", "--no-audit", "--no-fund", "--prefer-offline", ...tools];
  const installed = await run("npm", args, folder);
  say(installed.exitCode === 0, `installs its optional peers ${Object.keys(peers).join(" and ")}`);
  const suite = await run("npx", ["--no-install", "vitest", "run"], folder);
  say(
    suite.exitCode === 0 && /Tests {2}\d+ passed/.test(suite.output),
    `describeConformance makes a suite of a run${suite.exitCode === 0 ? "" : `:\n${suite.output}`}`,
  );
  const mock = await run("npx", ["--no-install", "openapi-conformance", "--spec", "greetings.yaml"], folder);
  say(
    mock.exitCode === 0 && mock.output.includes("(prism)"),
    `starts the mock when no target is given${mock.exitCode === 0 ? "" : `:\n${mock.output}`}`,
  );
}

function installedVersion(root: string, name: string): string {
  return JSON.parse(readFileSync(join(root, "node_modules", name, "package.json"), "utf8")).version;
}
