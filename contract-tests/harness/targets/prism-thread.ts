import { Worker } from "node:worker_threads";

/** What the thread tells: once, where it serves or why it doesn't. */
export type Told = { readonly address: string } | { readonly problem: string; readonly missing?: boolean };

export interface PrismThread {
  /** Serves the document at `contractFile` on `port` of loopback, 0 for any free one; settles `told`. */
  serve(contractFile: string, port: number): void;
  readonly told: Promise<Told>;
  end(): Promise<void>;
}

let ahead: PrismThread | undefined;

/**
 * Begins to load Prism, which takes about a second, before it is known what it is to serve. This module imports nothing
 * else, so that a command can call it before it loads itself. Where no mock is
 * needed after all, {@link endPrismAhead} ends it.
 */
export function loadPrismAhead(): void {
  ahead ??= startThread();
}

/** Ends the thread that was started ahead, where no mock was needed: it would keep the process alive. */
export async function endPrismAhead(): Promise<void> {
  const thread = ahead;
  ahead = undefined;
  await thread?.end();
}

/** The thread that was started ahead, or a new one. */
export function prismThread(): PrismThread {
  const thread = ahead ?? startThread();
  ahead = undefined;
  return thread;
}

function startThread(): PrismThread {
  const worker = new Worker(new URL("./prism-thread.mjs", import.meta.url), {
    execArgv: [], // loaders of this process would only slow it down
    stdout: true, // what Prism prints is no report
    stderr: true,
  });
  worker.unref(); // until it is needed
  const told = new Promise<Told>((resolve) => {
    worker.once("message", resolve); // the thread sends nothing else
    worker.once("error", (error) => resolve({ problem: error.message }));
    worker.once("exit", (code) => resolve({ problem: `Prism's thread ended with ${code}` }));
  });
  return {
    told,
    serve: (contractFile, port) => {
      worker.ref();
      worker.postMessage({ contractFile, port });
    },
    end: async () => void (await worker.terminate()),
  };
}
