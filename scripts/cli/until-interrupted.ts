import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { setInterval } from "node:timers/promises";

/** The process that started this one: npm's shell, as a rule. */
const parent = process.ppid;

/** How often to look whether the parent is still there, in milliseconds. */
const interval = 250;

/**
 * Resolves on the first Ctrl-C or termination signal, or when npm, which started this process, is gone: `kill` of a
 * background `npm run` ends npm and its shell, but tells their child nothing. A second signal ends the process at once,
 * as by default.
 */
export async function untilInterrupted(): Promise<void> {
  const controller = new AbortController();
  const { signal } = controller;
  await Promise.race([
    once(process, "SIGINT", { signal }),
    once(process, "SIGTERM", { signal }),
    ...(process.env["npm_lifecycle_event"] === undefined ? [] : [untilOrphaned(signal)]),
  ]);
  controller.abort();
}

/** An orphan gets another parent (POSIX, `getppid`). */
async function untilOrphaned(signal: AbortSignal): Promise<void> {
  if (parent === 1 && !isStartedByInit()) return;
  try {
    for await (const _ of setInterval(interval, undefined, { signal, ref: false }))
      if (process.ppid !== parent) return;
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

/** In a container npm may be the first process; elsewhere that one has only taken over an orphan. */
function isStartedByInit(): boolean {
  const { stdout } = spawnSync("ps", ["-o", "args=", "-p", "1"], { encoding: "utf8" });
  return stdout === null || /\b(npm|npx|pnpm|yarn|node|sh|bash|tini|docker-init)\b/.test(stdout);
}
