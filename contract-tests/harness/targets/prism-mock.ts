import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Contract } from "../contract/contract.ts";
import { shownLocation } from "../contract/fetch-document.ts";
import type { Target } from "../run/target.ts";
import { cutRecursion } from "./cut-recursion.ts";
import { prismThread } from "./prism-thread.ts";
import { TargetError } from "./target-error.ts";
import { urlTarget } from "./url.ts";

export interface PrismMockOptions {
  /** Default 0: any free port. */
  readonly port?: number;
}

/** QUERY and the methods of `additionalOperations` (OpenAPI 3.2) are answered 405, whatever is documented. */
const knownMethods = new Set(["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"]);

/** Some documents keep Prism busy for ever: the processor's time counts, since a busy machine says nothing of a document. */
const startLimit = { cpuMs: 20_000, wallMs: 120_000 } as const;

/**
 * Serves the contract with Prism inside this process, on loopback only, in a thread of its own: loading Prism takes about
 * a second, which others can use.
 *
 * @throws {TargetError} with Prism's own words when it can't serve the contract or the port, or isn't installed
 */
export async function startPrismMock(contract: Contract, options: PrismMockOptions = {}): Promise<Target> {
  const { document, cut } = cutRecursion(contract.document);
  const limits = cut.length === 0 ? [] : [recursionLimit(cut)];
  if (cut.length === 0 && contract.overlaid === undefined)
    return serve(contract.location, contract, options, limits, () => undefined);
  const folder = mkdtempSync(join(tmpdir(), "contract-"));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    const file = join(folder, "contract.json");
    writeFileSync(file, JSON.stringify(document));
    return await serve(file, contract, options, limits, remove);
  } catch (error) {
    remove();
    throw error;
  }
}

function recursionLimit(cut: readonly string[]): string {
  const [first = "", ...more] = cut;
  const others = more.length === 0 ? "" : ` and ${more.length} more`;
  return `the mock can't expand schemas with so many references to each other: it accepts any value where ${first}${others}`;
}

async function serve(
  file: string,
  contract: Contract,
  options: PrismMockOptions,
  limits: readonly string[],
  removeFile: () => void,
): Promise<Target> {
  const thread = prismThread();
  thread.serve(file, options.port ?? 0);
  const given = new AbortController();
  const told = await Promise.race([thread.told, late(given.signal)]).finally(() => given.abort());
  if ("problem" in told) {
    await thread.end();
    throw new TargetError(
      "missing" in told && told.missing === true
        ? `There is no --target, and the mock to use instead isn't installed: give --target URL, or run npm install --save-dev @stoplight/prism-cli@5.14.2.`
        : `Prism can't serve ${shownLocation(contract.location)}: ${told.problem}.`,
    );
  }
  const target = urlTarget(told.address, {
    kind: "prism",
    capabilities: { isStatic: true, allowsWrites: true, methods: knownMethods },
  });
  let closing: Promise<void> | undefined;
  return {
    ...target,
    limits,
    ownFaults: async (oracle) => {
      const { prismFaults } = await import("./own-faults.ts");
      return prismFaults(contract, oracle, file);
    },
    close: () => {
      closing ??= target
        .close()
        .then(() => thread.end())
        .finally(removeFile);
      return closing;
    },
  };
}

/** Resolves when Prism has taken too long, and after `signal`, when nobody listens any more. */
async function late(signal: AbortSignal): Promise<{ readonly problem: string }> {
  const from = { cpu: process.cpuUsage(), wall: performance.now() };
  for (;;) {
    await sleep(250, undefined, { ref: false });
    const { user, system } = process.cpuUsage(from.cpu);
    const isLate =
      (user + system) / 1_000 > startLimit.cpuMs || performance.now() - from.wall > startLimit.wallMs;
    if (isLate || signal.aborted)
      return {
        problem: `it isn't ready after ${startLimit.cpuMs / 1_000} s of processor time; schemas may refer to each other endlessly`,
      };
  }
}
