import type { Finding } from "../checks/finding.ts";
import type { NotJudged } from "../contract/not-judged.ts";
import type { CheckCount, RunEvent, RunSummary } from "../run/events.ts";

/** What a run says of one operation. */
export interface OperationResult {
  readonly counts: readonly CheckCount[];
  readonly findings: readonly Finding[];
  readonly notJudged: readonly NotJudged[];
}

/** One run that several tests share: each waits for the part that it is about. */
export class FollowedRun {
  readonly #parts = new Map<string, Deferred<unknown>>();
  readonly #findings: Finding[] = [];
  readonly #notJudged: NotJudged[] = [];

  /** Follows the events to their end; when they break off, so does everything that waits for them. */
  async follow(events: AsyncIterable<RunEvent>): Promise<void> {
    try {
      for await (const event of events) this.#hear(event);
      throw new Error("the run ended without telling of it");
    } catch (error) {
      for (const part of this.#parts.values()) part.reject(error); // those that were resolved stay so
      this.#parts.set("broken", rejected(error));
    }
  }

  /** `id`: `GET /items`. */
  operation(id: string): Promise<OperationResult> {
    return this.#part<OperationResult>(`operation ${id}`);
  }

  /** The findings of one client call. */
  call(what: string): Promise<readonly Finding[]> {
    return this.#part<readonly Finding[]>(`call ${what}`);
  }

  finished(): Promise<RunSummary> {
    return this.#part<RunSummary>("run");
  }

  #hear(event: RunEvent): void {
    if (event.type === "not-judged") this.#notJudged.push(event.item);
    if (event.type === "exchange") {
      this.#findings.push(...event.findings);
      this.#deferred(`call ${event.exchange.case.id}`).resolve(event.findings);
    }
    if (event.type === "operation-finished") {
      const { operation, counts } = event;
      this.#deferred(`operation ${operation}`).resolve({
        counts,
        findings: this.#findings.filter((finding) => finding.operation === operation),
        notJudged: this.#notJudged.filter(
          (item) => item.operation === undefined || item.operation === operation,
        ),
      });
    }
    if (event.type === "run-finished") this.#deferred("run").resolve(event.summary);
  }

  #part<Value>(name: string): Promise<Value> {
    const broken = this.#parts.get("broken");
    const known = this.#parts.get(name) ?? (broken || this.#deferred(name));
    return known.promise as Promise<Value>; // each name is resolved with one kind of value, by #hear
  }

  #deferred(name: string): Deferred<unknown> {
    const part = this.#parts.get(name) ?? deferred();
    this.#parts.set(name, part);
    return part;
  }
}

interface Deferred<Value> {
  readonly promise: Promise<Value>;
  readonly resolve: (value: Value) => void;
  readonly reject: (reason: unknown) => void;
}

function deferred(): Deferred<unknown> {
  let resolve: Deferred<unknown>["resolve"] = () => undefined;
  let reject: Deferred<unknown>["reject"] = () => undefined;
  const promise = new Promise<unknown>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  promise.catch(() => undefined); // a test that never asks must not break the process
  return { promise, resolve, reject };
}

function rejected(reason: unknown): Deferred<unknown> {
  const part = deferred();
  part.reject(reason);
  return part;
}
