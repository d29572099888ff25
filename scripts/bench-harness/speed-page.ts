import { median, withSpread } from "../bench-client/statistics.ts";
import type { Timed } from "./timed-command.ts";

export interface Measurement {
  /** Seconds, one a round. */
  readonly firstRequest: readonly number[];
  readonly ownContract: readonly number[];
  /** By operations, ascending. */
  readonly large: readonly (Timed & { readonly operations: number })[];
}

const limits = { firstRequest: 3, ownContract: 10, large: 60, peakMiB: 1024 };

/** The page, and each figure that is over its limit. */
export function speedPage({ firstRequest, ownContract, large }: Measurement): {
  readonly page: string;
  readonly exceeded: readonly string[];
} {
  const largest = large.at(-1);
  const [smallest] = large;
  if (largest === undefined || smallest === undefined) throw new Error("no large contract was measured");
  const figures = [
    ["seconds to the first request", median(firstRequest), limits.firstRequest],
    ["seconds for the project's own contract", median(ownContract), limits.ownContract],
    [`seconds for ${largest.operations} operations`, largest.seconds, limits.large],
    [`MiB for ${largest.operations} operations`, largest.peakMiB, limits.peakMiB],
  ] as const;
  // A start costs the same for one operation as for many: what an operation costs is what each more of them adds.
  const rows = large.map(
    ({ operations, seconds, peakMiB, report }) =>
      `| ${operations} | ${report.summary.requestsSent} | ${seconds.toFixed(1)} | ${peakMiB.toFixed(0)} | ${(seconds / operations / (smallest.seconds / smallest.operations)).toFixed(2)} |`,
  );
  const page = `# How fast the harness is

Written by \`npm run bench:harness\`; run it for your machine's figures. One run on Node ${process.versions.node}: the
command as you would start it, timed from the start of its process.

| | seconds | limit |
|---|---|---|
| to the first request | ${withSpread(firstRequest, 2)} | ${limits.firstRequest} |
| \`npm run conformance\`, whole | ${withSpread(ownContract, 2)} | ${limits.ownContract} |

Median of ${firstRequest.length} runs, with the minimum and maximum in brackets.

A large contract against the Prism mock of itself (the first operations of the GitHub API; limits for ${largest.operations}: ${limits.large} s and
${limits.peakMiB} MiB):

| operations | requests | seconds | peak MiB | per operation, relative to the first row |
|---|---|---|---|---|
${rows.join("\n")}

Two shards of the first row's contract send the same requests and report the same findings as the whole.
`;
  return {
    page,
    exceeded: figures.flatMap(([what, value, limit]) =>
      value > limit ? [`${value.toFixed(1)} ${what}, limit ${limit}`] : [],
    ),
  };
}
