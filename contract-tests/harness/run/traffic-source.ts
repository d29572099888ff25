import { setImmediate } from "node:timers/promises";
import type { Exchange } from "../checks/finding.ts";
import type { Operation } from "../contract/contract.ts";
import type { RunEvent } from "./events.ts";
import { schemaGaps } from "./operation-schemas.ts";
import { baseUrl, type OwnCase, toCase, undocumentedCase } from "./recorded-case.ts";
import type { RecordedExchange } from "./recorded-exchange.ts";
import { type DocumentedServers, documentedServers } from "./recorded-servers.ts";
import { notJudgedOf } from "./recorded-traffic.ts";
import type { Session, Source } from "./source.ts";
import type { TargetKind } from "./target.ts";

/** An exchange that has just passed. */
export interface PassingExchange extends RecordedExchange {
  /** Only the beginning of the answer's body was kept. */
  readonly isCut?: true;
}

/** Traffic as it passes. */
export interface Traffic {
  /** Who answers it, for reports. */
  readonly kind: TargetKind;
  readonly address: string;
  /** In the order in which they ended; ends with the traffic. */
  readonly exchanges: AsyncIterable<PassingExchange>;
  /** What else there was and isn't judged: one sentence each. Asked for in the end. */
  readonly leftOut: () => readonly string[];
}

/** Judges traffic as recorded traffic is judged, while it passes. Nothing is sent. */
export class TrafficSource implements Source {
  readonly requestsSent = 0;
  readonly casesPlanned = undefined;
  readonly #session: Session;
  readonly #traffic: Traffic;
  readonly #operations: readonly Operation[];
  readonly #servers: DocumentedServers;

  /** `operations`: those that are to be judged. */
  constructor(session: Session, traffic: Traffic, operations: readonly Operation[]) {
    this.#session = session;
    this.#traffic = traffic;
    this.#operations = operations;
    this.#servers = documentedServers(session.contract);
  }

  async prepare(): Promise<void> {
    const { contract, oracle, stopping } = this.#session;
    for (const operation of contract.operations) {
      if (stopping.stopped) return;
      schemaGaps(oracle, operation);
      await setImmediate();
    }
  }

  async *play(): AsyncGenerator<RunEvent, void, undefined> {
    const { oracle, recorder } = this.#session;
    const seen = new Set<Operation>();
    const left = new Map<string, number>();
    for await (const passed of this.#traffic.exchanges) {
      const { contract, paths } = this.#session;
      const found = toCase(contract, oracle, paths, this.#servers, passed, () => false);
      const own: OwnCase = found
        ? { ...found, recorded: passed }
        : undocumentedCase(passed, this.#below(passed));
      const { operation, testCase } = own;
      const reason = notJudgedOf(contract, operation, testCase, passed);
      if (reason !== undefined) left.set(reason, (left.get(reason) ?? 0) + 1);
      else if (!found || this.#operations.includes(operation)) {
        for (const reason of found?.notJudged ?? [])
          yield* recorder.tell({ operation: operation.id, reason });
        yield* this.#judge(own, passed);
        seen.add(operation);
      }
      await setImmediate(); // what passes comes first
    }
    for (const operation of this.#operations) {
      for (const item of schemaGaps(oracle, operation)) yield* recorder.tell(item);
      if (!seen.has(operation))
        yield* recorder.tell({
          operation: operation.id,
          reason: "the traffic had no request of this operation",
        });
      yield recorder.finished(operation.id);
    }
    for (const [reason, count] of left) yield* recorder.tell({ reason: `${count} ${reason}` });
    for (const reason of this.#traffic.leftOut()) yield* recorder.tell({ reason });
  }

  *#judge({ operation, testCase }: OwnCase, passed: PassingExchange): Generator<RunEvent, void, undefined> {
    const { recorder } = this.#session;
    const { gaps, unusable, response, failure, isCut } = passed;
    for (const reason of unusable === undefined ? gaps : [unusable])
      yield* recorder.tell({ operation: operation.id, reason });
    if (unusable !== undefined) return;
    const exchange: Exchange = {
      case: testCase,
      ...(response ? { response } : {}),
      ...(failure ? { failure } : {}),
    };
    const address = baseUrl(passed, testCase);
    yield* isCut
      ? recorder.recordCut(operation, exchange, address)
      : recorder.record(operation, exchange, address);
  }

  #below({ request: { path } }: PassingExchange): string {
    return this.#servers.below(path)[0] ?? path;
  }
}
