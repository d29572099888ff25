import type { Contract, Operation } from "../contract/contract.ts";
import { documentedServers } from "../run/recorded-servers.ts";
import type { Target } from "../run/target.ts";
import { TargetError } from "./target-error.ts";
import type { UrlTargetOptions } from "./url.ts";
import { urlTarget } from "./url.ts";

/** So many paths of the document are looked for, those with the fewest parameters first. */
const mostPaths = 3;
const timeoutMs = 5_000;

/**
 * Looks where the target's address has another path than the document's servers: when nothing is found there, and
 * something below the documented path, the address lacks it. Only GETs are sent, and none where the paths agree.
 *
 * @throws {TargetError} when the address lacks the path that the document's servers have
 */
export async function assertBasePath(
  contract: Contract,
  target: Target,
  operations: readonly Operation[],
  options: UrlTargetOptions,
): Promise<void> {
  const { origin, pathname } = new URL(target.address);
  const own = pathname.replace(/\/$/, "");
  const { paths, hasRoot } = documentedServers(contract);
  const others = [...paths, ...(hasRoot ? [""] : [])];
  if (others.includes(own)) return;
  const probes = [...new Set(operations.map(({ path }) => path))]
    .sort((a, b) => parametersIn(a) - parametersIn(b))
    .slice(0, mostPaths)
    .map((path) => path.replace(/\{[^{}]+\}/g, "1"));
  if (await isSomethingAt(target, probes)) return;
  for (const path of others) {
    const other = urlTarget(origin + path, options);
    try {
      if (!(await isSomethingAt(other, probes))) continue;
      const below = path === "" ? "at the root" : `below ${path}`;
      throw new TargetError(
        `The document's servers are ${below}, but nothing was found at ${origin}${own || "/"}: give --target ${origin}${path}.`,
      );
    } finally {
      await other.close();
    }
  }
}

function parametersIn(path: string): number {
  return path.split("{").length - 1;
}

/** True when any path is answered otherwise than with 404; no answer at all says nothing, and ends the looking. */
async function isSomethingAt(target: Target, paths: readonly string[]): Promise<boolean> {
  for (const path of paths) {
    const sent = await target.send(
      {
        method: "GET",
        path,
        headers: [
          ["accept", "*/*"],
          ["user-agent", "openapi-conformance"],
        ],
      },
      { timeoutMs },
    );
    if ("failure" in sent || sent.response.status !== 404) return true;
  }
  return false;
}
