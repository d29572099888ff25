import { EXTENSION, type HarMaker, harEntry } from "../recordings/har-entry.ts";
import type { RunEvent } from "../run/events.ts";
import { asItIs, type Hide, type Report } from "./report.ts";
import { writeWhole } from "./write-whole.ts";

/** Of a run that tells no beginning. */
const unknownTarget = { address: "", target: "url" } as const;

/**
 * `--record FILE.har`: every exchange of the run as HAR 1.2, written when the run is over. Feed it redacted events,
 * as every report; a run that broke off leaves an earlier file untouched.
 *
 * @param now the clock; the system's by default
 * @param hide the last look at what is written
 */
export function harRecorder(file: string, now: () => Date = () => new Date(), hide: Hide = asItIs): Report {
  const entries: ReturnType<typeof harEntry>[] = [];
  let maker: HarMaker | undefined;
  let finished = false;
  return {
    on(event: RunEvent): void {
      if (event.type === "run-started") {
        const { contract, target } = event.header;
        maker = { contract: contract.sha256, target: target.kind, address: target.address };
      }
      if (event.type === "run-finished") finished = true;
      if (event.type === "exchange") {
        const started = new Date(now().getTime() - (event.exchange.response?.durationMs ?? 0));
        entries.push(harEntry(event.exchange, event.findings, maker ?? unknownTarget, started));
      }
    },
    async finish(): Promise<void> {
      if (!finished) return;
      const creator = { name: "openapi-conformance", version: "1" };
      const har = { log: { version: "1.2", creator, ...(maker ? { [EXTENSION]: maker } : {}), entries } };
      await writeWhole(file, hide(`${JSON.stringify(har, null, 2)}\n`));
    },
  };
}
