import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { shownLocation } from "../contract/fetch-document.ts";
import type { Target } from "../run/target.ts";
import { prismThread } from "./prism-thread.ts";
import { TargetError } from "./target-error.ts";
import { urlTarget } from "./url.ts";

export interface PrismMockOptions {
  /** Default 0: any free port. */
  readonly port?: number;
  /** Served in place of the file's content. */
  readonly document?: unknown;
}

/** QUERY and the methods of `additionalOperations` (OpenAPI 3.2) are answered 405, whatever is documented. */
const knownMethods = new Set(["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"]);

/** Some documents keep Prism busy for ever. */
const startLimitMs = 20_000;

/**
 * Serves the contract with Prism inside this process, on loopback only, in a thread of its own: loading Prism takes about
 * a second, which others can use.
 *
 * @throws {TargetError} with Prism's own words when it can't serve the contract or the port, or isn't installed
 */
export async function startPrismMock(contractFile: string, options: PrismMockOptions = {}): Promise<Target> {
  const folder = options.document === undefined ? undefined : mkdtempSync(join(tmpdir(), "contract-"));
  try {
    if (folder !== undefined) writeFileSync(join(folder, "contract.json"), JSON.stringify(options.document));
    return await serve(
      folder === undefined ? contractFile : join(folder, "contract.json"),
      contractFile,
      options,
    );
  } finally {
    if (folder !== undefined) rmSync(folder, { recursive: true }); // Prism has read it
  }
}

async function serve(file: string, contractFile: string, options: PrismMockOptions): Promise<Target> {
  const thread = prismThread();
  thread.serve(file, options.port ?? 0);
  const late = `it isn't ready after ${startLimitMs / 1_000} s, as with schemas that refer to each other without end`;
  const told = await Promise.race([thread.told, sleep(startLimitMs, { problem: late }, { ref: false })]);
  if ("problem" in told) {
    await thread.end();
    throw new TargetError(
      "missing" in told && told.missing === true
        ? `No --target is given, and the mock that would stand in for one isn't installed: give --target URL, or npm install --save-dev @stoplight/prism-cli@5.14.2.`
        : `Prism can't serve ${shownLocation(contractFile)}: ${told.problem}.`,
    );
  }
  const target = urlTarget(told.address, {
    kind: "prism",
    capabilities: { isStatic: true, allowsWrites: true, methods: knownMethods },
  });
  let closing: Promise<void> | undefined;
  return {
    ...target,
    close: () => {
      closing ??= target.close().then(() => thread.end());
      return closing;
    },
  };
}
