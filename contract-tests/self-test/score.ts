import type { Handler } from "../../src/simulator/handler.ts";
import { documentProvider } from "../harness/provider/document-provider.ts";
import { providedContract } from "../harness/provider/provided-contract.ts";
import { RunMemory } from "../harness/run/run-memory.ts";
import { deriveMutants, recordingProvider } from "../harness/sensitivity/derive-mutants.ts";
import type { Mutant } from "../harness/sensitivity/mutant.ts";
import { placeholderCredential } from "../harness/wire/credentials.ts";
import { runAgainst } from "./run-against.ts";
import type { ScoredContract } from "./scored-contract.ts";
import { reasonFor } from "./survivors.ts";

const credentials = new Set([placeholderCredential]);

/** How many of a kind were caught, and which weren't. */
export interface Tally {
  readonly caught: number;
  readonly total: number;
  readonly survivors: readonly Survivor[];
}

export interface Survivor {
  readonly id: string;
  readonly breach: string;
  /** Undefined: nobody has explained it yet. */
  readonly reason: string | undefined;
}

/** A complaint about a server that conforms to the contract. */
export interface FalseAlarm {
  readonly variation: string;
  readonly finding: string;
  readonly message: string;
}

export interface ContractScore {
  readonly name: string;
  readonly catalogue: Tally;
  readonly responseMutants: Tally;
  readonly requestMutants: Tally;
  /** Mutants that conform to the contract: left out, by reason. */
  readonly equivalent: ReadonlyMap<string, number>;
  /** Documented answers that no request brought about, so that nothing was derived from them. */
  readonly notReached: readonly string[];
  readonly clean: {
    readonly variations: number;
    readonly exchanges: number;
    readonly falseAlarms: readonly FalseAlarm[];
  };
}

export interface ScoreOptions {
  readonly seed: number;
  /** Told after each server: how many are done, of how many. */
  readonly onProgress?: (done: number, total: number, what: string) => void;
}

/** A faulty server, written down or derived. */
interface Trial {
  readonly id: string;
  readonly breach: string;
  readonly caughtBy: readonly string[];
  readonly operations?: readonly string[];
  readonly handler: () => Handler;
}

/**
 * Runs the harness against everything that is known to break or to keep a contract. A fault counts as caught when one
 * of the checks named for it reports an error; that something else went wrong doesn't count.
 */
export async function score(
  scored: ScoredContract,
  { seed, onProgress = () => {} }: ScoreOptions,
): Promise<ContractScore> {
  const { contract, name } = scored;
  const memory = new RunMemory(contract);
  const against = (handler: Handler) => ({ contract, memory, seed, handler });

  const provided = providedContract(contract.document);
  const recording = recordingProvider(
    contract.document,
    documentProvider(contract.document, { credentials }),
  );
  await runAgainst(against(recording.handler));
  const mutants: Mutant[] = [];
  const notReached: string[] = [];
  const broken = new Set<string>();
  const judged = new Set(contract.operations.map(({ id }) => id));
  for (const operation of provided.operations.filter(({ id }) => judged.has(id))) {
    const answers = recording.answersOf(operation.id);
    const derived = await deriveMutants(contract.document, operation, answers, broken, credentials);
    mutants.push(...derived.mutants);
    notReached.push(...derived.notReached);
  }
  const counted = mutants.filter(({ equivalent }) => equivalent === undefined);
  const catalogue: readonly Trial[] = scored.faults.map((fault) => ({
    ...fault,
    handler: () => fault.wrap(scored.provider()),
  }));
  const derived = (side: Mutant["side"]): readonly Trial[] =>
    counted
      .filter((mutant) => mutant.side === side)
      .map((mutant) => ({
        ...mutant,
        breach: `${mutant.keyword} at ${mutant.pointer}`,
        operations: [mutant.operation],
      }));

  const total = scored.clean.length + 1 + catalogue.length + counted.length;
  let done = 0;
  const tell = (what: string) => onProgress(++done, total, `${name}: ${what}`);

  const falseAlarms: FalseAlarm[] = [];
  let exchanges = 0;
  const asItIs = { id: "as it is", wrap: (next: Handler) => next };
  const clean: ScoredContract["clean"] = [asItIs, ...scored.clean].map((variation) => ({
    why: "",
    ...variation,
  }));
  for (const { id: variation, operations, wrap } of clean) {
    const result = await runAgainst({
      ...against(wrap(scored.provider())),
      ...(operations && { operations }),
    });
    exchanges += result.exchanges;
    for (const { id, message, actual } of result.errors)
      falseAlarms.push({ variation, finding: id, message: `${message} (${actual})` });
    tell(`clean › ${variation}`);
  }

  const tally = async (trials: readonly Trial[]): Promise<Tally> => {
    const survivors: Survivor[] = [];
    for (const { id, breach, caughtBy, operations, handler } of trials) {
      const result = await runAgainst({
        ...against(handler()),
        untilCaughtBy: caughtBy,
        inHaste: caughtBy.includes("max-response-time"),
        ...(operations && { operations }),
      });
      if (!result.caught) survivors.push({ id, breach, reason: reasonFor(id) });
      tell(id);
    }
    return { caught: trials.length - survivors.length, total: trials.length, survivors };
  };

  return {
    name,
    catalogue: await tally(catalogue),
    responseMutants: await tally(derived("response")),
    requestMutants: await tally(derived("request")),
    equivalent: countedBy(mutants.flatMap(({ equivalent }) => equivalent ?? [])),
    notReached,
    clean: { variations: scored.clean.length, exchanges, falseAlarms },
  };
}

function countedBy(items: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return counts;
}
