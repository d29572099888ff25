import { fork } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Finding } from "../../contract-tests/harness/checks/finding.ts";
import type { JsonObject } from "../../contract-tests/harness/contract/json-object.ts";
import { cutContract } from "./cut-contract.ts";

/** What one run in a process of its own took. */
export interface Cost {
  readonly operations: number;
  readonly requests: number;
  readonly findings: readonly Finding[];
  readonly mockLimits: readonly string[];
  /** From the start of the process to its last finding. */
  readonly wallSeconds: number;
  /** Of those, until Prism had read the document and listened. */
  readonly readySeconds: number;
  /** User and system time of the whole process, Prism's thread included. */
  readonly cpuSeconds: number;
  readonly peakMiB: number;
}

/** Writes the first `operations` operations of `document` to a file under .cache/ and returns its name. */
export function writeCut(root: string, document: JsonObject, operations: number): string {
  const folder = join(root, ".cache/foreign-contracts");
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `github-${operations}.json`);
  writeFileSync(file, JSON.stringify(cutContract(document, operations)));
  return file;
}

/** Judges the Prism mock of `file` in a process of its own, so that its memory and time are its own. */
export function judgeCut(file: string, onOperation: (done: number, total: number) => void): Promise<Cost> {
  const started = performance.now();
  const child = fork(fileURLToPath(new URL("./measured-run.ts", import.meta.url)), [file], {
    execArgv: ["--import", "tsx"],
    serialization: "advanced", // bodies are bytes
  });
  return new Promise((resolve, reject) => {
    child.on("message", (message: { done: number; total: number } | { cost: Omit<Cost, "wallSeconds"> }) => {
      if ("done" in message) onOperation(message.done, message.total);
      else resolve({ ...message.cost, wallSeconds: (performance.now() - started) / 1000 });
    });
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`the run on ${file} ended with ${code}`)));
  });
}
