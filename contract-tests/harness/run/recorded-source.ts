import { setImmediate } from "node:timers/promises";
import type { Contract, Operation } from "../contract/contract.ts";
import type { RunEvent } from "./events.ts";
import { lostCredentials } from "./lost-credentials.ts";
import { schemaGaps } from "./operation-schemas.ts";
import { baseUrl, type FoundCase, type OwnCase, toCase, undocumentedCase } from "./recorded-case.ts";
import type { RecordedExchange, RecordingMaker } from "./recorded-exchange.ts";
import { documentedServers } from "./recorded-servers.ts";
import { isPreflight, notJudgedOf, pathBelow } from "./recorded-traffic.ts";
import type { Session, Source } from "./source.ts";

/** Traffic that was recorded. */
export interface Recording {
  /** Its name, for reports. */
  readonly file: string;
  readonly exchanges: readonly RecordedExchange[];
  /** What else the recording holds, by kind: told as not judged. */
  readonly skipped?: ReadonlyMap<string, number>;
  /** Names, in lower case, of headers that its recorder leaves out of every message. Default: none. */
  readonly takenOut?: ReadonlySet<string>;
  /** The run that it was made of: by the same contract, what it says of its own cases holds. */
  readonly maker?: RecordingMaker;
}

/** Traffic that was recorded: what was due in answer follows from the request itself, by the oracle. Nothing is sent. */
export class RecordedSource implements Source {
  readonly requestsSent = 0;
  readonly #session: Session;
  readonly #recording: Recording;
  readonly #operations: readonly Operation[];

  /** `operations`: those that are to be judged. */
  constructor(session: Session, recording: Recording, operations: readonly Operation[]) {
    this.#session = session;
    this.#operations = operations;
    this.#recording = recording;
  }

  async prepare(): Promise<void> {
    const { contract, oracle, stopping } = this.#session;
    for (const operation of contract.operations) {
      if (stopping.stopped) return;
      schemaGaps(oracle, operation);
      await setImmediate(); // an interruption is to be heard
    }
  }

  /** A run of ours by this contract. */
  get #isOwn(): boolean {
    return this.#recording.maker?.contract === this.#session.contract.sha256;
  }

  get casesPlanned(): number {
    return this.#recording.exchanges.length;
  }

  async *play(): AsyncGenerator<RunEvent, void, undefined> {
    const { oracle, recorder } = this.#session;
    const cases = yield* this.#sort();
    const told = this.#judgeInOrder(cases);
    for (const operation of this.#operations) {
      const own = cases.filter((one) => one.operation === operation);
      yield { type: "operation-started", operation: operation.id, cases: own.length };
      for (const item of schemaGaps(oracle, operation)) yield* recorder.tell(item);
      if (own.length === 0)
        yield* recorder.tell({
          operation: operation.id,
          reason: "the recording has no request of this operation",
        });
      yield* told.get(operation) ?? [];
      yield recorder.finished(operation.id);
    }
    for (const one of cases) if (one.testCase.expectation === "undocumented") yield* this.#judge(one);
  }

  /** Judges everything in the order in which it happened, so that one exchange may show what an earlier one did. */
  #judgeInOrder(cases: readonly OwnCase[]): ReadonlyMap<Operation, readonly RunEvent[]> {
    const { recorder, stopping } = this.#session;
    const told = new Map<Operation, RunEvent[]>();
    for (const one of cases) {
      const { operation } = one;
      const events = told.get(operation) ?? [];
      told.set(operation, events);
      if (!this.#operations.includes(operation)) continue;
      if (stopping.stopped)
        events.push(...recorder.tell({ operation: operation.id, reason: stopping.stopped.reason }));
      else events.push(...this.#judge(one));
    }
    return told;
  }

  *#judge({ operation, recorded, testCase }: OwnCase): Generator<RunEvent, void, undefined> {
    const { recorder } = this.#session;
    const { found, told, gaps, unusable, response, failure } = recorded;
    for (const reason of gaps) yield* recorder.tell({ operation: operation.id, reason });
    const exchange = { case: testCase, ...(response ? { response } : {}), ...(failure ? { failure } : {}) };
    if (unusable !== undefined) yield* recorder.tell({ operation: operation.id, reason: unusable });
    else if (found && this.#isOwn) {
      yield* recorder.tell({
        operation: operation.id,
        reason: "secrets were redacted from the recorded responses, so their original findings are repeated",
      });
      yield* recorder.recordRedacted(operation, exchange, baseUrl(recorded, testCase), found, told);
    } else if (response || failure) {
      const address = baseUrl(recorded, testCase);
      yield* this.#isOwn && told
        ? recorder.recordTold(operation, exchange, address, told)
        : recorder.record(operation, exchange, address);
    }
  }

  /** Which operation each exchange is one of; what none is, is told. */
  *#sort(): Generator<RunEvent, readonly OwnCase[], undefined> {
    const { contract, oracle, paths, recorder } = this.#session;
    const { exchanges, skipped = new Map(), takenOut = new Set() } = this.#recording;
    const servers = documentedServers(contract);
    const toServer = exchanges.filter(({ url }) => servers.isOrigin(new URL(url).origin));
    // Traffic to none of the documented servers was recorded elsewhere, on a machine for tests: all of it counts.
    const own = toServer.length > 0 ? toServer : exchanges;
    const isLost = lostCredentials(contract, own, takenOut);
    const cases: OwnCase[] = [];
    const unknown: RecordedExchange[] = [];
    const addresses = new Set(servers.addresses);
    const left = new Map<string, number>();
    const leaveOut = (reason: string) => left.set(reason, (left.get(reason) ?? 0) + 1);
    for (const recorded of own) {
      const found =
        (this.#isOwn ? ownCase(contract, recorded) : undefined) ??
        toCase(contract, oracle, paths, servers, recorded, isLost);
      if (!found) {
        unknown.push(recorded);
        continue;
      }
      const { operation, testCase } = found;
      addresses.add(baseUrl(recorded, testCase));
      const reason = notJudgedOf(contract, operation, testCase, recorded);
      if (reason !== undefined) {
        leaveOut(reason);
        continue;
      }
      for (const reason of found.notJudged) yield* recorder.tell({ operation: operation.id, reason });
      cases.push({ operation, recorded, testCase });
    }
    for (const recorded of unknown) {
      const path = pathBelow(addresses, recorded);
      if (path === undefined || recorded.caseId !== undefined || isPreflight(recorded.request))
        leaveOut(`of ${own.length} recorded requests are for undocumented paths`);
      else cases.push(undocumentedCase(recorded, path));
    }
    for (const [kind, count] of skipped)
      yield* recorder.tell({ reason: `${count} recorded entries aren't HTTP exchanges (${kind})` });
    if (own.length < exchanges.length) {
      const asked = new Set(exchanges.map(({ url }) => new URL(url).origin));
      const others = [...asked].filter((origin) => !servers.isOrigin(origin));
      yield* recorder.tell({
        reason: `${exchanges.length - own.length} of ${exchanges.length} recorded requests went to servers that the contract doesn't name: ${others.join(", ")}`,
      });
    }
    for (const [reason, count] of left) yield* recorder.tell({ reason: `${count} ${reason}` });
    return cases;
  }
}

/** The case as it was planned. */
function ownCase(contract: Contract, { caseId, due, request }: RecordedExchange): FoundCase | undefined {
  const operation = contract.operations.find(({ id }) => id === due?.operation);
  if (!due || !operation || caseId === undefined) return undefined;
  return { operation, testCase: { id: caseId, request, ...due }, notJudged: [] };
}
