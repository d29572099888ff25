import type { Finding } from "../harness/checks/finding.ts";
import type { Contract } from "../harness/contract/contract.ts";
import type { NotJudged } from "../harness/contract/not-judged.ts";
import type { CheckCount, RunEvent, RunSummary } from "../harness/run/events.ts";
import { run } from "../harness/run/run.ts";
import type { Target } from "../harness/run/target.ts";
import { eventTeller } from "./event-channel.ts";
import { runOptions } from "./run-options.ts";
import type { SuiteSettings } from "./suite-settings.ts";

export interface OperationResult {
  readonly counts: readonly CheckCount[];
  readonly findings: readonly Finding[];
  readonly notJudged: readonly NotJudged[];
}

/** One run of the engine, shared by the tests of a file: each waits for the part that it is about. */
export class ProviderRun {
  readonly #contract: Contract;
  readonly #settings: SuiteSettings;
  readonly #stop = new AbortController();
  readonly #operations = new Map<string, PromiseWithResolvers<OperationResult>>();
  readonly #finished = deferred<RunSummary>();
  #target: Target | undefined;
  #done: Promise<void> = Promise.resolve();

  constructor(contract: Contract, settings: SuiteSettings) {
    this.#contract = contract;
    this.#settings = settings;
  }

  start(target: Target): void {
    this.#target = target;
    this.#done = this.#follow(target);
  }

  operation(id: string): Promise<OperationResult> {
    return this.#resultOf(id).promise;
  }

  finished(): Promise<RunSummary> {
    return this.#finished.promise;
  }

  /** Ends the run, also when it isn't over. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#done;
    await this.#target?.close();
  }

  #resultOf(id: string): PromiseWithResolvers<OperationResult> {
    const known = this.#operations.get(id) ?? deferred<OperationResult>();
    this.#operations.set(id, known);
    return known;
  }

  async #follow(target: Target): Promise<void> {
    const teller = eventTeller("provider", this.#settings.channel);
    try {
      await this.#tellAll(target, (event) => teller.tell(event));
      teller.done();
    } catch (error) {
      teller.done(error instanceof Error ? error.message : String(error));
      this.#finished.reject(error);
      for (const operation of this.#operations.values()) operation.reject(error);
    }
  }

  async #tellAll(target: Target, tell: (event: RunEvent) => void): Promise<void> {
    const findings = new Map<string, Finding[]>();
    const notJudged: NotJudged[] = [];
    const options = {
      ...runOptions(this.#settings),
      contract: this.#contract,
      target,
      signal: this.#stop.signal,
    };
    for await (const event of run(options)) {
      tell(event);
      if (event.type === "not-judged") notJudged.push(event.item);
      if (event.type === "exchange") {
        for (const finding of event.findings)
          findings.set(finding.operation, [...(findings.get(finding.operation) ?? []), finding]);
      }
      if (event.type === "operation-finished") {
        const { operation, counts } = event;
        this.#resultOf(operation).resolve({
          counts,
          findings: findings.get(operation) ?? [],
          notJudged: notJudged.filter((item) => item.operation === undefined || item.operation === operation),
        });
        findings.delete(operation);
      }
      if (event.type === "run-finished") this.#finished.resolve(event.summary);
    }
  }
}

function deferred<Value>(): PromiseWithResolvers<Value> {
  let resolve: PromiseWithResolvers<Value>["resolve"] = () => undefined;
  let reject: PromiseWithResolvers<Value>["reject"] = () => undefined;
  const promise = new Promise<Value>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  promise.catch(() => undefined); // a test that never asks must not break the process
  return { promise, resolve, reject };
}

interface PromiseWithResolvers<Value> {
  readonly promise: Promise<Value>;
  readonly resolve: (value: Value) => void;
  readonly reject: (reason: unknown) => void;
}
