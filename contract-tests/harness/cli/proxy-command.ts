import { readBaseline } from "../baseline/baseline-file.ts";
import { loadContract } from "../contract/load-contract.ts";
import { redactorFor } from "../redaction/redactor-for.ts";
import { consoleOutput } from "../reports/console-output.ts";
import { liveFindings } from "../reports/live-findings.ts";
import type { SafeOutput } from "../reports/safe-output.ts";
import { run } from "../run/run.ts";
import { TrafficQueue } from "../run/traffic-queue.ts";
import { connectionTo, openTarget } from "../targets/open-target.ts";
import { startPassingProxy } from "../targets/passing-proxy.ts";
import type { CommandExtension } from "./command-extension.ts";
import type { CommandArguments } from "./parse-arguments.ts";
import { conclude, openReports } from "./reporting.ts";
import { runSettings } from "./run-settings.ts";
import type { Surroundings } from "./surroundings.ts";
import { tlsFiles } from "./tls-files.ts";
import { UsageError } from "./usage-error.ts";

/**
 * `proxy`: passes traffic on and judges it until the signal. Exit codes: 0 it conforms, 1 it doesn't or there was none.
 *
 * @throws {UserError} when it can't be begun: exit code 2
 */
export async function proxy(
  given: CommandArguments,
  { env, signal }: Surroundings,
  extension: CommandExtension,
  output: SafeOutput,
): Promise<number> {
  const { settings } = given;
  const spec = settings.spec ?? extension.spec;
  if (settings.target === undefined || spec === undefined)
    throw new UsageError(
      `proxy needs ${settings.target === undefined ? "--target URL, the server to pass traffic to" : "--spec FILE, the OpenAPI document to judge by"}.`,
    );
  // An unusable baseline is reported now, not at the end.
  if (settings.baseline !== undefined)
    await readBaseline(settings.baseline, settings.updateBaseline ? "empty" : "error");
  const contract = await loadContract(spec, settings.overlays);
  const redactor = redactorFor(contract, []);
  output.use(redactor);
  const { stdout } = output;
  const tls = tlsFiles(settings);
  const { target, waitForMs } = settings;
  const reachable = await openTarget({
    url: target,
    contract,
    tls,
    ...(waitForMs === undefined ? {} : { waitForMs }),
  });
  await reachable.close();
  const queue = new TrafficQueue();
  const passing = await startPassingProxy({
    target,
    connection: await connectionTo(target, tls),
    port: settings.port ?? 0,
    passed: (exchange) => queue.push(exchange),
  });
  const end = () => void passing.close().then(() => queue.end());
  if (signal?.aborted) end();
  else signal?.addEventListener("abort", end, { once: true });
  try {
    const reports = openReports(settings, output, env, [liveFindings(consoleOutput(stdout, env))]);
    const { checks, acceptedStatuses, entries, maxResponseTimeMs, warnedChecks, only, skip } =
      runSettings(given);
    const events = run({
      contract,
      ...(checks ? { checks } : {}),
      ...(acceptedStatuses ? { acceptedStatuses } : {}),
      ...(entries ? { entries } : {}),
      ...(maxResponseTimeMs === undefined ? {} : { maxResponseTimeMs }),
      ...(warnedChecks ? { warnedChecks } : {}),
      ...(only ? { only } : {}),
      ...(skip ? { skip } : {}),
      coverage: true,
      traffic: {
        kind: "url",
        address: target,
        exchanges: queue,
        leftOut: () => [
          ...passing.leftOut(),
          ...(queue.dropped > 0
            ? [`${queue.dropped} exchanges arrived faster than they could be judged`]
            : []),
        ],
      },
    });
    for await (const event of events) {
      if (event.type === "run-finished") {
        const shown = { header: redactor.header(event.header), summary: redactor.summary(event.summary) };
        // Whether something that wasn't requested is still wrong is unknown.
        const seen = new Set(shown.summary.counts.map(({ operation }) => operation));
        return await conclude(reports, shown, settings, seen, []);
      }
      reports.on(redactor.event(event));
      if (event.type === "run-started")
        stdout.write(`Listening on ${passing.address}; press Ctrl-C to stop and see the result.\n\n`);
    }
    throw new Error("the run ended without a result");
  } finally {
    await passing.close();
  }
}
