import { median, withSpread } from "./statistics.ts";

export interface Rate {
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
}

export interface Measured {
  /** One request at a time. */
  readonly single: Rate;
  /** Fifty at once. */
  readonly many: Rate;
  readonly peakMiB: number;
}

export interface BenchResult {
  readonly name: string;
  /** Undefined when there is nothing to bundle. */
  readonly bundle: { readonly bytes: number; readonly gzipBytes: number } | undefined;
  /** Milliseconds over `node -e ''`, one a round; empty when there is nothing to load. */
  readonly cold: number[];
  /** One a round. */
  readonly measured: Measured[];
}

/** The page: every figure a ratio to the first result of the same round, as median with least and greatest. */
export function benchReport(results: readonly BenchResult[]): string {
  const [base] = results;
  if (!base) throw new Error("nothing was measured");
  const ratio = (result: BenchResult, of: (measured: Measured) => number): string =>
    withSpread(
      result.measured.map((measured, round) => {
        const reference = base.measured[round];
        return reference ? of(measured) / of(reference) : Number.NaN;
      }),
      2,
    );
  const kilobytes = (bytes: number): string => (bytes / 1000).toFixed(1);
  const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const sizes = results.map(({ name, bundle, cold }) =>
    row([
      name,
      cold.length > 0 ? withSpread(cold, 1) : "–",
      bundle ? kilobytes(bundle.bytes) : "–",
      bundle ? kilobytes(bundle.gzipBytes) : "–",
    ]),
  );
  const rates = results.map((result) =>
    row([
      result.name,
      ratio(result, ({ single }) => single.perSecond),
      ratio(result, ({ many }) => many.perSecond),
      ratio(result, ({ single }) => single.p50),
      ratio(result, ({ single }) => single.p99),
      ratio(result, ({ many }) => many.p50),
      ratio(result, ({ many }) => many.p99),
      ratio(result, ({ peakMiB }) => peakMiB),
    ]),
  );
  return `# Benchmarks

Written by \`npm run bench:client\`; run it for your machine's figures. One run on Node ${process.versions.node},
${base.measured.length} rounds, one loopback server, every subject in every round in a process of its own. Each figure is the
median of the rounds with the minimum and maximum in brackets.

## Size and start

Cold start: milliseconds that a process takes to load the package and create a client, beyond \`node -e ''\`. Bundle: kilobytes (1000
bytes) of a minified browser bundle with everything below it.

| | cold start | bundle | with gzip |
|---|---|---|---|
${sizes.join("\n")}
${compared(results)}
## Speed

Everything is a ratio to ${base.name} in the same round. Requests per second: more is better. Times and peak memory: less is
better. Raw \`fetch\` has no deadline, no size limit, no validation and no retries.

| | requests/s, one at a time | requests/s, 50 at once | p50, one | p99, one | p50, 50 | p99, 50 | peak memory |
|---|---|---|---|---|---|---|---|
${rates.join("\n")}
`;
}

function compared(results: readonly BenchResult[]): string {
  const ours = results.find(({ name }) => name === "this client");
  const official = results.find(({ name }) => name === "official SDK");
  if (!ours?.bundle || !official?.bundle) return "";
  // Within a millisecond of nothing a ratio says nothing.
  if (median(ours.cold) < 1) return "";
  return `
This client starts in 1/${Math.round(median(official.cold) / median(ours.cold))} of the official SDK's time and its bundle is 1/${Math.round(official.bundle.gzipBytes / ours.bundle.gzipBytes)} of the official one's.
`;
}
