import { Worker } from "node:worker_threads";
import { shownLocation } from "../contract/fetch-document.ts";
import type { Target } from "../run/target.ts";
import { TargetError } from "./target-error.ts";
import { urlTarget } from "./url.ts";

export interface PrismMockOptions {
  /** Default 0: any free port. */
  readonly port?: number;
}

/** Some documents keep Prism busy for ever. */
const startLimitMs = 20_000;

type Told = { readonly address: string } | { readonly problem: string; readonly missing?: boolean };

/**
 * Serves the contract with Prism inside this process, on loopback only, in a thread of its own: loading Prism takes about
 * a second, which others can use.
 *
 * @throws {TargetError} with Prism's own words when it can't serve the contract or the port, or isn't installed
 */
export async function startPrismMock(contractFile: string, options: PrismMockOptions = {}): Promise<Target> {
  const thread = new Worker(new URL("./prism-thread.mjs", import.meta.url), {
    workerData: { contractFile, port: options.port ?? 0 },
    execArgv: [], // loaders of this process would only slow it down
    stdout: true, // what Prism prints is no report
    stderr: true,
  });
  const told = await new Promise<Told>((resolve) => {
    thread.once("message", resolve); // the thread sends nothing else
    thread.once("error", (error) => resolve({ problem: error.message }));
    const late = `it isn't ready after ${startLimitMs / 1_000} s, as with schemas that refer to each other without end`;
    setTimeout(() => resolve({ problem: late }), startLimitMs).unref();
    thread.once("exit", (code) => resolve({ problem: `Prism's thread ended with ${code}` }));
  });
  if ("problem" in told) {
    await thread.terminate();
    throw new TargetError(
      told.missing === true
        ? `No --target is given, and the mock that would stand in for one isn't installed: give --target URL, or npm install --save-dev @stoplight/prism-cli@5.14.2.`
        : `Prism can't serve ${shownLocation(contractFile)}: ${told.problem}.`,
    );
  }
  const target = urlTarget(told.address, {
    kind: "prism",
    capabilities: { isStatic: true, allowsWrites: true },
  });
  let closing: Promise<void> | undefined;
  return {
    ...target,
    close: () => {
      closing ??= target.close().then(async () => void (await thread.terminate()));
      return closing;
    },
  };
}
