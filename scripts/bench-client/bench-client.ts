import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildPackage } from "../build/build-package.ts";
import { bundle } from "../check-package/bundle-size.ts";
import { run } from "../check-package/run.ts";
import { type BenchResult, benchReport, type Measured } from "./bench-report.ts";
import { benchSubjects } from "./subjects.ts";

/**
 * Measures every subject in every round, in turn and each in a process of its own, so that a busy moment of the
 * machine falls on all of them alike, and writes docs/benchmarks.md.
 */
export async function benchClient(root: string, rounds: number, say: (line: string) => void): Promise<void> {
  await buildPackage(root);
  const subjects = await benchSubjects(root);
  const provider = fork(join(root, "scripts/bench-client/provider.mjs"));
  try {
    const [port] = await once(provider, "message");
    const results: BenchResult[] = [];
    for (const { name, bundle: parts } of subjects)
      results.push({
        name,
        bundle: parts && (await bundle(parts.statement, parts.folder, { external: ["node:*"] })),
        cold: [],
        measured: [],
      });
    for (let round = 1; round <= rounds; round++) {
      const bare = await coldStart(undefined, root);
      for (const [index, { name, file, coldFile }] of subjects.entries()) {
        const result = results[index];
        if (!result) continue;
        if (coldFile) result.cold.push((await coldStart(coldFile, root)) - bare);
        const measured = await measure(root, file, `http://127.0.0.1:${port}`);
        result.measured.push(measured);
        say(
          `round ${round}/${rounds} ${name}: ${measured.single.perSecond.toFixed(0)}/s, ${measured.many.perSecond.toFixed(0)}/s at 50`,
        );
      }
    }
    mkdirSync(join(root, "docs"), { recursive: true });
    const report = benchReport(results);
    writeFileSync(join(root, "docs/benchmarks.md"), report);
    say(report);
  } finally {
    provider.disconnect();
  }
}

/** Milliseconds of a whole process: the least of five, since all that can disturb it makes it longer. */
async function coldStart(file: string | undefined, root: string): Promise<number> {
  const times: number[] = [];
  for (let turn = 0; turn < 5; turn++) {
    const start = performance.now();
    const { exitCode, output } = await run(process.execPath, file ? [file] : ["-e", ""], root);
    if (exitCode !== 0) throw new Error(`${file} failed: ${output}`);
    times.push(performance.now() - start);
  }
  return Math.min(...times);
}

async function measure(root: string, file: string, baseUrl: string): Promise<Measured> {
  const { exitCode, output } = await run(
    process.execPath,
    [join(root, "scripts/bench-client/measure.mjs"), file, baseUrl],
    root,
  );
  if (exitCode !== 0) throw new Error(`${file} failed: ${output}`);
  return JSON.parse(output);
}
