import type { SuiteName } from "../../suites/event-channel.ts";
import type { NotJudged } from "../contract/not-judged.ts";
import type { RunEvent, RunHeader, RunSummary } from "../run/events.ts";

export interface FinishedRun {
  readonly header: RunHeader;
  readonly summary: RunSummary;
}

type Finished = Extract<RunEvent, { type: "run-finished" }>;

const clientLeftOut: NotJudged = {
  check: "client-request-conformance",
  reason: "the client suite runs only against the mock of the contract that the client was made from",
};

/**
 * Makes one run of what several suites tell: the provider's header comes first whatever arrives first, and the end is
 * held back until every suite has ended, with the books of all.
 */
export class SessionStream {
  readonly #emit: (event: RunEvent) => void;
  readonly #waiting: RunEvent[] = [];
  readonly #finished = new Map<SuiteName, Finished>();
  readonly #withClient: boolean;
  #started = false;

  constructor(emit: (event: RunEvent) => void, withClient: boolean) {
    this.#emit = emit;
    this.#withClient = withClient;
    if (!withClient) this.#waiting.push({ type: "not-judged", item: clientLeftOut });
  }

  hear(suite: SuiteName, event: RunEvent): void {
    if (event.type === "run-finished") this.#finished.set(suite, event);
    else if (event.type === "run-started" && suite === "provider") {
      this.#started = true;
      this.#emit(event);
      for (const earlier of this.#waiting.splice(0)) this.#emit(earlier);
    } else if (event.type !== "run-started") {
      if (this.#started) this.#emit(event);
      else this.#waiting.push(event);
    }
  }

  /** The header and the summary of the whole. Throws when a suite never ended. */
  end(): FinishedRun {
    const provider = this.#finished.get("provider");
    const consumer = this.#finished.get("consumer");
    if (!provider || (this.#withClient && !consumer))
      throw new Error("a suite ended without telling its result");
    const { header, summary } = provider;
    if (!consumer)
      return { header, summary: { ...summary, notJudged: [...summary.notJudged, clientLeftOut] } };
    const failed = [summary, consumer.summary].find(({ verdict }) => verdict !== "conforms");
    return {
      header,
      summary: {
        ...summary,
        verdict: failed?.verdict ?? "conforms",
        counts: [...consumer.summary.counts, ...summary.counts],
        findings: [...consumer.summary.findings, ...summary.findings],
        notJudged: [...summary.notJudged, ...consumer.summary.notJudged],
        requestsSent: summary.requestsSent + consumer.summary.requestsSent,
      },
    };
  }
}
