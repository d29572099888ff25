import { fileURLToPath } from "node:url";
import type { SuiteMessage, SuiteName } from "../../suites/event-channel.ts";
import type { SuiteSettings } from "../../suites/suite-settings.ts";
import type { RunEvent } from "../run/events.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/**
 * Runs suites on Vitest, each file in a thread of its own, and hands on what they tell, as they tell it. Vitest itself
 * stays silent: the reports speak. Throws when a suite couldn't do its work.
 */
export async function runSuites(
  suites: readonly SuiteName[],
  settled: Promise<SuiteSettings>,
  hear: (suite: SuiteName, event: RunEvent) => void,
): Promise<void> {
  const name = `conformance-${process.pid}-${Date.now()}`;
  const channel = new BroadcastChannel(name);
  const done = new Set<SuiteName>();
  const broken: string[] = [];
  let heardAll: () => void = () => undefined;
  const all = new Promise<void>((resolve) => {
    heardAll = resolve;
  });
  channel.onmessage = (message) => {
    const told = (message as MessageEvent<SuiteMessage>).data; // the suites post nothing else
    if ("event" in told) return hear(told.suite, told.event);
    done.add(told.suite);
    if (told.broken !== undefined) broken.push(`the ${told.suite} suite broke off: ${told.broken}`);
    if (done.size === suites.length) heardAll();
  };
  const exitCode = process.exitCode;
  try {
    const { createVitest } = await import("vitest/node");
    const vitest = await createVitest("test", {
      root,
      config: false,
      include: suites.map((suite) => `contract-tests/suites/${suite}.test.ts`),
      watch: false,
      pool: "threads",
      // One thread for all: what they share is compiled and loaded once.
      isolate: false,
      fileParallelism: false,
      testTimeout: 0,
      hookTimeout: 0,
      teardownTimeout: 5_000,
      reporters: [{}],
    });
    // The target may take as long to start as Vitest does: both have started by now.
    vitest.provide("conformance", { ...(await settled), channel: name });
    await vitest.start();
    const errors = vitest.state
      .getFiles()
      .flatMap((file) => file.result?.errors ?? [])
      .concat(vitest.state.getUnhandledErrors() as { message: string }[]); // Vitest types them as unknown
    if (done.size < suites.length && errors.length === 0) await Promise.race([all, pause(2_000)]);
    await vitest.close();
    if (done.size < suites.length)
      broken.push(errors[0]?.message ?? "a suite ended without telling its result");
  } finally {
    channel.close();
    process.exitCode = exitCode; // findings make the exit code, not Vitest
  }
  if (broken.length > 0) throw new Error(broken.join("; "));
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}
