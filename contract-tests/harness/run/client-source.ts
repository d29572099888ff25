import { messageOf } from "../http/message-of.ts";
import type { ClientCall } from "./client-call.ts";
import type { RunEvent } from "./events.ts";
import { ClientJudge } from "./judge-client-call.ts";
import { startRecordingProxy } from "./recording-proxy.ts";
import { budgetIsSpent, type Session, type Source } from "./source.ts";
import type { Target } from "./target.ts";

/** The calls of a client under test, made against the target through a proxy that sees everything. */
export class ClientSource implements Source {
  readonly #session: Session;
  readonly #target: Target;
  readonly #calls: readonly ClientCall[];
  #sent = 0;

  constructor(session: Session, target: Target, calls: readonly ClientCall[]) {
    this.#session = session;
    this.#target = target;
    this.#calls = calls;
  }

  get casesPlanned(): number {
    return this.#calls.length;
  }

  get requestsSent(): number {
    return this.#sent;
  }

  async *play(): AsyncGenerator<RunEvent, void, undefined> {
    const { budget, contract, recorder, stopping } = this.#session;
    const proxy = await startRecordingProxy(this.#target);
    const judge = new ClientJudge(this.#session, this.#target, proxy);
    const rows = new Set<string>();
    try {
      for (const call of this.#calls) {
        const operation = contract.operations.find(({ id }) => id === call.operation);
        if (!operation) {
          yield* recorder.tell({ reason: `the client calls ${call.operation}, which isn't in the contract` });
        } else if (stopping.stopped) {
          yield* recorder.tell({ operation: operation.id, reason: stopping.stopped.reason });
        } else if (budget.isSpent) {
          yield* recorder.tell({ operation: operation.id, reason: budgetIsSpent });
        } else {
          const judged = await judge.judge(call, operation).catch(messageOf);
          if (typeof judged === "string") {
            const reason = `the client's call couldn't be judged: ${judged}`;
            yield* recorder.tell({ operation: operation.id, check: "client-request-conformance", reason });
            continue;
          }
          const { exchange, outcomes, sent } = judged;
          this.#sent += sent;
          for (let one = 0; one < sent; one++) budget.spend();
          rows.add(exchange.case.operation);
          yield* recorder.enter(operation, exchange, this.#target.address, outcomes);
        }
      }
    } finally {
      await proxy.close();
    }
    for (const row of rows) yield recorder.finished(row);
  }
}
