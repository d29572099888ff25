import { fork } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Outcome, type RepositoryCopy, repositoryCopy, run } from "../evolution/repository-copy.ts";
import { readProvider } from "../generate/provider.ts";
import { givenPages } from "../import/given-pages.ts";
import { type Reference, referencesOf } from "./references.ts";

export interface JudgedOperation {
  readonly id: string;
  /** What its call gives: `JSON`, `bytes`, … */
  readonly kind: string;
  /** A call was answered with a success, and gave what was answered. */
  readonly works: boolean;
  /** Why the mock can't show it. */
  readonly mockLimit: string | undefined;
}

/** What was found of a contract, its mock and its client. */
export interface JudgedContract {
  readonly operations: readonly JudgedOperation[];
  readonly findings: readonly {
    readonly id: string;
    readonly actual: string;
    /** The fault of the pages by which it is explained. */
    readonly explanation: string | undefined;
  }[];
  readonly seconds: number;
  readonly cpuSeconds: number;
}

export interface ReferenceResult {
  readonly title: string;
  readonly pages: number;
  /** Seconds of `npm run generate`; undefined where it wasn't reached. */
  readonly generateSeconds: number | undefined;
  readonly judged: JudgedContract | undefined;
  /** One sentence or more for each thing that doesn't hold. */
  readonly problems: readonly string[];
}

/** Of a quiet machine; a busy one is allowed as much more as its bare start of a script takes longer. */
const limits = { generateSeconds: 15, judgeSeconds: 60, bareStartSeconds: 0.3 };

/**
 * Imports pages into a copy of the project, generates, compiles, and judges mock and client: those of the project's
 * provider together, those of every other one each alone.
 *
 * @param say told what is under way
 * @throws InputError when a page can't be read
 */
export async function checkPages(
  root: string,
  sources: readonly string[],
  say: (line: string) => void,
): Promise<ReferenceResult[]> {
  const { pages } = await givenPages(sources);
  const results: ReferenceResult[] = [];
  for (const reference of referencesOf(pages, readProvider(root))) {
    const copy = repositoryCopy();
    try {
      const result = await checkReference(copy, reference, (step) => say(`${reference.title}: ${step}`));
      for (const problem of result.problems) say(`${reference.title}: ${problem}`);
      results.push(result);
    } finally {
      copy.remove();
    }
  }
  return results;
}

async function checkReference(
  copy: RepositoryCopy,
  { title, pages, provider }: Reference,
  say: (step: string) => void,
): Promise<ReferenceResult> {
  const problems: string[] = [];
  const failed = (step: string, { stdout, stderr }: Outcome): ReferenceResult => {
    problems.push(`${step} failed: ${(stderr || stdout).trim().slice(0, 2_000)}`);
    return { title, pages: pages.length, generateSeconds: undefined, judged: undefined, problems };
  };
  mkdirSync(join(copy.root, "pages"));
  for (const [index, { text }] of pages.entries())
    writeFileSync(join(copy.root, "pages", `${index}.md`), text);
  if (provider !== undefined) {
    writeFileSync(join(copy.root, "spec/provider.yaml"), provider);
    for (const file of readdirSync(join(copy.root, "spec/overlays")))
      rmSync(join(copy.root, "spec/overlays", file));
  }
  say(`importing ${pages.length} pages`);
  const options = provider === undefined ? [] : ["--instead"];
  const imported = await copy.npm("spec:import", "pages", ...options, "--accept-breaking");
  if (imported.code !== 0) return failed("spec:import", imported);
  const slowness = Math.max(1, (await secondsOf(copy, ["--eval", "0"])).seconds / limits.bareStartSeconds);
  const { seconds: generateSeconds, outcome: generated } = await secondsOf(copy, ["scripts/generate.ts"]);
  if (generated.code !== 0) return failed("generate", generated);
  if (generateSeconds > limits.generateSeconds * slowness)
    problems.push(`generate took ${generateSeconds.toFixed(1)} s, more than ${limits.generateSeconds}.`);
  say("judging mock and client");
  const judged = await judgedIn(copy);
  if (typeof judged === "string")
    return { ...failed("judging", { code: 2, stdout: "", stderr: judged }), problems };
  if (judged.seconds > limits.judgeSeconds * slowness)
    problems.push(`judging took ${judged.seconds.toFixed(1)} s, more than ${limits.judgeSeconds}.`);
  for (const { id, actual, explanation } of judged.findings)
    if (explanation === undefined) problems.push(`not explained: ${id} (${actual.slice(0, 300)})`);
  for (const { id, works, mockLimit } of judged.operations)
    if (!works && mockLimit === undefined) problems.push(`a call of ${id} was never seen to work`);
  say("compiling");
  const compilation = {
    extends: "./tsconfig.json",
    include: ["generated", "src/index.ts", "typed-calls.ts"],
  };
  writeFileSync(join(copy.root, "tsconfig.pages.json"), JSON.stringify(compilation));
  const compiled = await run(copy.root, "npx", ["tsc", "-p", "tsconfig.pages.json"]);
  if (compiled.code !== 0) problems.push(`doesn't compile: ${compiled.stdout.slice(0, 2_000)}`);
  return { title, pages: pages.length, generateSeconds, judged, problems };
}

async function secondsOf(copy: RepositoryCopy, args: readonly string[]) {
  const started = performance.now();
  const outcome = await run(copy.root, process.execPath, ["--import", "tsx", ...args]);
  return { outcome, seconds: (performance.now() - started) / 1_000 };
}

/** Judges in a process of its own, since the generated modules are those of the copy; its message when it fails. */
function judgedIn({ root }: RepositoryCopy): Promise<JudgedContract | string> {
  return new Promise((resolve) => {
    const child = fork("scripts/check-pages/judged-contract.ts", {
      cwd: root,
      execArgv: ["--import", "tsx"],
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    let told = "";
    child.stderr?.on("data", (chunk) => {
      told += chunk;
    });
    child.once("message", (message) => resolve(message as JudgedContract));
    child.once("exit", (code) => resolve(told || `it ended with ${code}`));
  });
}
