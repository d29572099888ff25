import { once } from "node:events";

/** Resolves on the first Ctrl-C or termination signal; a second one ends the process at once, as by default. */
export async function untilInterrupted(): Promise<void> {
  const controller = new AbortController();
  const { signal } = controller;
  await Promise.race([once(process, "SIGINT", { signal }), once(process, "SIGTERM", { signal })]);
  controller.abort();
}
