import fc from "fast-check";
import type { Operation } from "../contract/contract.ts";
import { messageOf } from "../http/message-of.ts";
import { assertProvidable, documentProvider } from "../provider/document-provider.ts";
import type { Handler } from "../provider/handler.ts";
import { chooseOperations } from "../run/choose-operations.ts";
import type { SuccessCount } from "../run/events.ts";
import type { RunOptions } from "../run/run-options.ts";
import { type MissedFault, type NotMeasured, percentOf, type Sensitivity } from "../run/sensitivity.ts";
import type { TargetCapabilities } from "../run/target.ts";
import { Oracle } from "../schema/oracle.ts";
import { deriveMutants, recordingProvider } from "./derive-mutants.ts";
import { type LoopbackServer, startLoopbackServer } from "./loopback-server.ts";
import type { Mutant } from "./mutant.ts";
import { rightCredentials } from "./right-credentials.ts";
import { Trials } from "./trials.ts";
import { type WiderRun, widerRuns } from "./wider-runs.ts";

export interface MeasureOptions {
  /** Those of the run that is measured. */
  readonly run: RunOptions;
  /** What its target could show; undefined for a mock: then servers in its place are judged. */
  readonly capabilities?: TargetCapabilities;
  /** How its requests that were to succeed fared, by operation; undefined for a mock. */
  readonly successes?: readonly SuccessCount[];
  /** Ids of findings that don't fail it. Default: none. */
  readonly known?: ReadonlySet<string>;
  /** Most faults that are tried, drawn by the run's seed; Infinity for all. */
  readonly sample: number;
  /** Is told how each fault that was tried fared. */
  readonly onOutcome?: (mutant: Mutant, isNoticed: boolean) => void;
  readonly onProgress?: (done: number, total: number) => void;
}

/** Missed faults that wider runs are tried for; the others only have their general reason. */
const mostExplained = 50;

/**
 * Which faults of a server a run would have noticed: servers on loopback that each break one rule of the contract are judged
 * with the same options, by the cases of the operation that misbehaves. A fault is noticed by an error that a conforming
 * server isn't blamed for. Undefined when the run's signal ends it.
 */
export async function measureSensitivity(options: MeasureOptions): Promise<Sensitivity | undefined> {
  const server = await startLoopbackServer();
  const measurement = new Measurement(options, server);
  try {
    return await measurement.result();
  } finally {
    await measurement.close();
    await server.close();
  }
}

type Why = Pick<MissedFault, "reason" | "remedy">;

interface Fault {
  readonly operation: Operation;
  readonly mutant: Mutant;
}

class Measurement {
  readonly #options: MeasureOptions;
  readonly #run: RunOptions;
  readonly #capabilities: TargetCapabilities;
  readonly #server: LoopbackServer;
  readonly #oracle: Oracle;
  readonly #credentials: ReadonlySet<string>;
  readonly #provider: Handler;
  readonly #trials: Trials;
  readonly #wider = new Map<string, Trials>();
  readonly #notMeasured: NotMeasured[] = [];
  readonly #missed: MissedFault[] = [];

  constructor(options: MeasureOptions, server: LoopbackServer) {
    this.#options = options;
    this.#run = options.run;
    this.#server = server;
    this.#capabilities = options.capabilities ?? { isStatic: false, allowsWrites: true };
    const { contract, memory } = this.#run;
    this.#oracle = memory?.oracle ?? new Oracle(contract);
    this.#credentials = rightCredentials(this.#run);
    this.#provider = documentProvider(contract.document, { credentials: this.#credentials });
    this.#trials = this.#trialsOf(this.#run, this.#capabilities);
  }

  async result(): Promise<Sensitivity | undefined> {
    const { run, sample, onProgress = () => {}, capabilities } = this.#options;
    const chosen = chooseOperations(run.contract, run).operations;
    const operations = this.#drawn(chosen, sample);
    if (operations.length < chosen.length)
      for (const { id } of chosen.filter((one) => !operations.includes(one)))
        this.#notMeasured.push({
          operation: id,
          reason: `the sample of ${sample} faults is too small to include it`,
        });
    const possible: Fault[] = [];
    const broken = new Set<string>();
    for (const [index, operation] of operations.entries()) {
      possible.push(...(await this.#faultsOf(operation, broken)));
      if (run.signal?.aborted) return undefined;
      onProgress(index + 1, operations.length + Math.min(sample, possible.length));
    }
    const drawn = this.#drawn(possible, sample);
    let noticed = 0;
    let tried = 0;
    for (const [index, fault] of drawn.entries()) {
      const isNoticed = await this.#isNoticed(fault);
      if (run.signal?.aborted) return undefined;
      onProgress(operations.length + index + 1, operations.length + drawn.length);
      if (isNoticed === undefined) continue;
      this.#options.onOutcome?.(fault.mutant, isNoticed);
      tried += 1;
      if (isNoticed) noticed += 1;
    }
    return {
      noticed,
      tried,
      possible: possible.length,
      percent: percentOf(noticed, tried),
      ...(capabilities ? {} : { ofServer: true as const }),
      missed: this.#missed,
      notMeasured: this.#notMeasured,
    };
  }

  async close(): Promise<void> {
    await Promise.all([this.#trials, ...this.#wider.values()].map((trials) => trials.close()));
  }

  /** What the contract makes possible on one operation; where no server can be made that conforms, that is told. */
  async #faultsOf(operation: Operation, broken: Set<string>): Promise<readonly Fault[]> {
    const { document } = this.#run.contract;
    const tell = (reason: string) => this.#notMeasured.push({ operation: operation.id, reason });
    try {
      await assertProvidable(document, operation);
      const recording = recordingProvider(document, this.#provider);
      const { tried, succeeded } = await this.#trials.baseline(operation, recording.handler);
      if (tried > 0 && succeeded === 0) {
        tell("no conforming server could be generated for it: the generated one refuses every valid request");
        return [];
      }
      const answers = recording.answersOf(operation.id);
      const derived = await deriveMutants(document, operation, answers, broken, this.#credentials);
      const missing = derived.notReached.map((answer) => answer.slice(operation.id.length + 1));
      if (missing.length > 0) tell(`no request triggers its documented ${missing.join(", ")}`);
      return derived.mutants
        .filter(({ equivalent }) => equivalent === undefined)
        .map((mutant) => ({ operation, mutant }));
    } catch (error) {
      tell(`no conforming server could be generated for it: ${messageOf(error)}`);
      return [];
    }
  }

  /** Undefined when it can't be told. */
  async #isNoticed({ operation, mutant }: Fault): Promise<boolean | undefined> {
    const unseen = this.#unseen(operation, mutant);
    if (unseen) {
      this.#miss(
        mutant,
        unseen.remedy === undefined ? await this.#explained(operation, mutant, unseen) : unseen,
      );
      return false;
    }
    const outcome = await this.#trials.try(operation, mutant.handler());
    if ("noticedBy" in outcome) return true;
    if ("failure" in outcome) {
      this.#notMeasured.push({
        operation: operation.id,
        reason: `${mutant.id}: the faulty server couldn't be generated: ${outcome.failure}`,
      });
      return undefined;
    }
    const reason =
      mutant.side === "request"
        ? "no request derived from the contract distinguishes this server from a conforming one"
        : "no check objects to such a response";
    this.#miss(mutant, await this.#explained(operation, mutant, { reason }));
    return false;
  }

  #miss({ id, operation, pointer }: Mutant, why: Why): void {
    this.#missed.push({ id, operation, pointer, ...why });
  }

  /** What the run never saw of its own server, it could have noticed nothing about. */
  #unseen(operation: Operation, { side, status }: Mutant): Why | undefined {
    const { successes } = this.#options;
    if (!successes) return undefined;
    const own = successes.find((row) => row.operation === operation.id);
    if (!own) return { reason: "the run judged nothing of this operation" };
    const concernsSuccess = side === "request" || (status !== undefined && status < 400);
    if (own.succeeded > 0 || !concernsSuccess) return undefined;
    return {
      reason: "no request of this operation succeeded on the server",
      remedy: "a value that the server knows: --param NAME=VALUE",
    };
  }

  /** With what a wider run would notice it; as it is otherwise. */
  async #explained(operation: Operation, mutant: Mutant, otherwise: Why): Promise<Why> {
    if (this.#missed.length >= mostExplained) return otherwise;
    const plan = this.#trials.memory.plans.get(operation.id);
    for (const wider of widerRuns(this.#run, this.#capabilities, operation, plan)) {
      const trials = this.#widerTrials(wider);
      const outcome = await trials.try(operation, mutant.handler());
      if (this.#run.signal?.aborted) break;
      if ("noticedBy" in outcome)
        return { reason: wider.reason, remedy: wider.remedy(trials.memory.plans.get(operation.id)) };
    }
    return otherwise;
  }

  #widerTrials({ name, options, capabilities }: WiderRun): Trials {
    const known = this.#wider.get(name) ?? this.#trialsOf(options, capabilities);
    this.#wider.set(name, known);
    return known;
  }

  #trialsOf(options: RunOptions, capabilities: TargetCapabilities): Trials {
    const known = this.#options.known ?? new Set<string>();
    return new Trials(this.#server, options, capabilities, this.#oracle, known, this.#provider);
  }

  /** So many of them, by the run's seed, in their order. */
  #drawn<Item>(items: readonly Item[], count: number): readonly Item[] {
    if (items.length <= count) return items;
    const indices = fc.shuffledSubarray([...items.keys()], { minLength: count, maxLength: count });
    const [drawn = []] = fc.sample(indices, { seed: this.#run.seed ?? 1, numRuns: 1 });
    const wanted = new Set(drawn);
    return items.filter((_, index) => wanted.has(index));
  }
}
