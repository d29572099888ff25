import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { parse } from "yaml";
import { loadContract } from "../../contract-tests/harness/contract/load-contract.ts";
import { notesFile, notesProvider } from "../../contract-tests/self-test/notes-provider.ts";
import { serve } from "../../src/simulator/serve.ts";
import { run } from "../check-package/run.ts";
import { lineNotPrinted } from "../readme/capture.ts";
import { type FencedBlock, fencedBlocks } from "../readme/fenced-blocks.ts";

/** What the README's blocks name, and where it is while they run: the server that they judge, and the proxy's port. */
interface Stage {
  readonly folder: string;
  readonly server: string;
  /** The same server without its fault, for the block in which nothing is found. */
  readonly cleanServer: string;
  readonly proxyPort: number;
}

/**
 * Does what the package's README and its page on reports say, with the installed package: runs each `console` block and
 * compares what it prints, runs each TypeScript block, and validates the files by their schemas and the workflow by the
 * Action's inputs. The server of the examples forgets what PUT sends.
 *
 * @param say called with a line for each block
 */
export async function playReadme(
  root: string,
  folder: string,
  say: (isPassed: boolean, line: string) => void,
): Promise<void> {
  const contract = await loadContract(notesFile);
  mkdirSync(join(folder, "readme"));
  copyFileSync(notesFile, join(folder, "readme", "openapi.yaml"));
  for (const page of ["README.md", "docs/reports.md"]) await playPage(page);

  /** Each page begins with servers that hold nothing yet, as its readers' do. */
  async function playPage(page: string): Promise<void> {
    const server = await serve(notesProvider(contract, "put-lost"));
    const cleanServer = await serve(notesProvider(contract));
    const stage = {
      folder: join(folder, "readme"),
      server: server.address,
      cleanServer: cleanServer.address,
      proxyPort: await freePort(),
    };
    try {
      for (const block of fencedBlocks(readFileSync(join(root, "contract-tests/harness", page), "utf8"))) {
        const problem = await problemOf(block, stage, root);
        const title = `${page}:${block.line} (${block.language || "text"}) does as it says`;
        say(problem === undefined, problem === undefined ? title : `${title}: ${problem}`);
      }
    } finally {
      await Promise.all([server.close(), cleanServer.close()]);
    }
  }
}

async function problemOf(block: FencedBlock, stage: Stage, root: string): Promise<string | undefined> {
  if (block.language === "console") return playConsole(block.code, stage);
  if (block.language === "ts") return playProgram(block.code, stage);
  if (block.language !== "yaml") return "there is no way to try a block of this language";
  const harness = join(root, "contract-tests/harness");
  if (block.code.startsWith("- ")) return unknownInput(block.code, root);
  const schema = block.code.startsWith("findings:")
    ? "baseline/baseline.schema.json"
    : "cli/conformance.schema.json";
  return invalid(block.code, join(harness, schema));
}

/** Types the lines after `$ ` into one shell, and waits for a server that it starts until its port is open. */
async function playConsole(code: string, { folder, server, proxyPort }: Stage): Promise<string | undefined> {
  const lines = code.trimEnd().split("\n");
  const here = (text: string) =>
    text.replaceAll("http://127.0.0.1:3000", server).replaceAll("8080", String(proxyPort));
  const typed = lines.filter((line) => line.startsWith("$ ")).map((line) => here(line.slice(2)));
  const script = typed.flatMap((line) =>
    line.endsWith("&")
      ? [line, `until (exec 3<>/dev/tcp/127.0.0.1/${proxyPort}) 2>/dev/null; do sleep 0.1; done`]
      : [line],
  );
  const end = typed.some((line) => line.endsWith("&")) ? ["echo", "kill -INT %1", "wait"] : [];
  const { output } = await run("bash", ["-c", ["set -m", ...script, ...end].join("\n")], folder);
  const shown = lines.filter((line) => !line.startsWith("$ ")).map(here);
  const missing = lineNotPrinted(shown, output);
  return missing === undefined ? undefined : `it shows "${missing}", and this was printed:\n${output}`;
}

async function playProgram(code: string, stage: Stage): Promise<string | undefined> {
  const isSuite = code.includes("/vitest");
  const file = isSuite ? "readme.test.mjs" : "program.mjs";
  const server = isSuite ? stage.cleanServer : stage.server;
  writeFileSync(join(stage.folder, file), code.replaceAll("http://127.0.0.1:3000", server));
  const [command, args, printed] = isSuite
    ? (["npx", ["--no-install", "vitest", "run", file], /Tests {2}\d+ passed/] as const)
    : ([process.execPath, [file], /^does-not-conform$/m] as const);
  const { exitCode, output } = await run(command, args, stage.folder);
  return exitCode === 0 && printed.test(output) ? undefined : `exit ${exitCode}:\n${output}`;
}

function invalid(code: string, schemaFile: string): string | undefined {
  const schema = JSON.parse(readFileSync(schemaFile, "utf8"));
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  return ajv.validate(schema, parse(code)) ? undefined : ajv.errorsText();
}

function unknownInput(code: string, root: string): string | undefined {
  const { inputs } = parse(readFileSync(join(root, "action.yml"), "utf8"));
  const steps: { uses?: string; with?: Record<string, unknown> }[] = parse(code);
  const ours = steps.filter((step) => step.uses?.startsWith("OWNER/REPOSITORY@"));
  if (ours.length === 0 && !code.includes("openapi-conformance"))
    return "no step uses the Action or the command";
  const unknown = ours.flatMap((step) => Object.keys(step.with ?? {})).filter((name) => !(name in inputs));
  return unknown.length === 0 ? undefined : `action.yml has no input ${unknown.join(", ")}`;
}

async function freePort(): Promise<number> {
  const probe = await serve(() => ({ status: 204, headers: {}, body: "" }));
  await probe.close();
  return Number(new URL(probe.address).port);
}
