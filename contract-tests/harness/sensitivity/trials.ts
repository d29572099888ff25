import type { Finding } from "../checks/finding.ts";
import { checks as allChecks } from "../checks/registry.ts";
import type { Operation } from "../contract/contract.ts";
import type { Handler } from "../provider/handler.ts";
import { run } from "../run/run.ts";
import { RunMemory } from "../run/run-memory.ts";
import { credentialsIn, type RunOptions } from "../run/run-options.ts";
import type { Target, TargetCapabilities } from "../run/target.ts";
import type { Oracle } from "../schema/oracle.ts";
import { urlTarget } from "../targets/url.ts";
import type { LoopbackServer } from "./loopback-server.ts";

/** What a run makes of the conforming provider, on one operation. */
export interface Baseline {
  /** Ids of errors that it is blamed for: they say nothing about a fault. */
  readonly noise: ReadonlySet<string>;
  /** Requests that were to succeed, and those that did. */
  readonly tried: number;
  readonly succeeded: number;
  /** What it couldn't answer: an answer that nobody could make by the contract. */
  readonly failure?: string;
}

/** How one faulty server fared. */
export type Outcome =
  | { readonly noticedBy: Finding }
  | { readonly missed: true }
  /** It isn't the server that it was to be. */
  | { readonly failure: string };

/** These judge by the clock, and no fault that is tried here is one of time. */
const timeChecks = new Set(["max-response-time"]);

/** Runs with one set of options against servers on loopback, one operation at a time. */
export class Trials {
  readonly memory: RunMemory;
  readonly #server: LoopbackServer;
  readonly #target: Target;
  readonly #options: RunOptions;
  readonly #known: ReadonlySet<string>;
  readonly #provider: Handler;
  readonly #baselines = new Map<string, Promise<Baseline>>();

  /**
   * @param options those of the run that is measured; limits of time and pace are left out
   * @param known ids of findings that don't fail that run
   * @param provider the server that conforms
   */
  constructor(
    server: LoopbackServer,
    options: RunOptions,
    capabilities: TargetCapabilities,
    oracle: Oracle,
    known: ReadonlySet<string>,
    provider: Handler,
  ) {
    this.#server = server;
    this.#options = options;
    this.#target = urlTarget(server.address, { capabilities });
    this.#known = known;
    this.#provider = provider;
    this.memory = new RunMemory(options.contract, oracle);
  }

  /** @param provider the server that conforms, where somebody looks over its shoulder */
  baseline(operation: Operation, provider: Handler = this.#provider): Promise<Baseline> {
    const known = this.#baselines.get(operation.id) ?? this.#judgeClean(operation, provider);
    this.#baselines.set(operation.id, known);
    return known;
  }

  /** Ends with the first error that the conforming provider isn't blamed for. */
  async try(operation: Operation, handler: Handler): Promise<Outcome> {
    const { noise, failure: usual } = await this.baseline(operation);
    let noticedBy: Finding | undefined;
    const failure = await this.#play(operation, handler, (findings) => {
      noticedBy ??= findings.find(
        ({ id, severity }) => severity === "error" && !noise.has(id) && !this.#known.has(id),
      );
      return noticedBy !== undefined;
    });
    if (failure !== undefined && failure !== usual) return { failure };
    return noticedBy ? { noticedBy } : { missed: true };
  }

  async #judgeClean(operation: Operation, provider: Handler): Promise<Baseline> {
    const noise = new Set<string>();
    let [tried, succeeded] = [0, 0];
    const failure = await this.#play(
      operation,
      provider,
      (findings) => {
        for (const { id, severity } of findings) if (severity === "error") noise.add(id);
        return false;
      },
      (own) => {
        [tried, succeeded] = [own.tried, own.succeeded];
      },
    );
    return { noise, tried, succeeded, ...(failure === undefined ? {} : { failure }) };
  }

  /** Resolves to why it was no fair trial: the server couldn't answer, or the run broke off. */
  async #play(
    operation: Operation,
    handler: Handler,
    isEnough: (findings: readonly Finding[]) => boolean,
    onSuccess: (count: { readonly tried: number; readonly succeeded: number }) => void = () => {},
  ): Promise<string | undefined> {
    this.#server.use(handler);
    const {
      maxTimeMs: _,
      rate: __,
      workers: ___,
      tokens,
      auth: _____,
      onWait: ____,
      ...options
    } = this.#options;
    const { checks = allChecks, timeoutMs = 0, maxRequests } = options;
    const standIns = tokens ? [...tokens.standIns] : [];
    const events = run({
      ...options,
      target: this.#target,
      memory: this.memory,
      coverage: false,
      checks: checks.filter(({ id }) => !timeChecks.has(id)),
      auth: new Map([...credentialsIn(this.#options), ...standIns]),
      // A busy machine isn't the server's fault.
      timeoutMs: Math.max(timeoutMs, 10_000),
      // A budget of requests is spent in the order of the whole run.
      ...(maxRequests === undefined ? { focus: operation.id } : {}),
    });
    for await (const event of events) {
      if (event.type === "exchange" && isEnough(event.findings)) return this.#server.failure;
      if (event.type !== "run-finished") continue;
      const { stopped, successes = [] } = event.summary;
      const own = successes.find((row) => row.operation === operation.id);
      if (own) onSuccess(own);
      if (stopped?.by === "failure") return stopped.reason;
    }
    return this.#server.failure;
  }

  /** Frees its sockets; the server stays. */
  close(): Promise<void> {
    return this.#target.close();
  }
}
