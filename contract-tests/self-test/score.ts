import type { Answer, Handler } from "../../src/simulator/handler.ts";
import type { Operation } from "../harness/contract/contract.ts";
import { documentProvider } from "../harness/provider/document-provider.ts";
import {
  type ProvidedContract,
  pathOf,
  providedContract,
  schemasOf,
} from "../harness/provider/provided-contract.ts";
import { createValueJudge } from "../harness/provider/value-judge.ts";
import { RunMemory } from "../harness/run/run-memory.ts";
import type { Mutant } from "../harness/sensitivity/mutant.ts";
import { requestMutants } from "../harness/sensitivity/request-mutants.ts";
import { responseMutants } from "../harness/sensitivity/response-mutants.ts";
import { placeholderCredential } from "../harness/wire/credentials.ts";
import { runAgainst } from "./run-against.ts";
import type { ScoredContract } from "./scored-contract.ts";
import { reasonFor } from "./survivors.ts";

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
  const { answers, recording } = recordingAnswers(
    provided,
    documentProvider(contract.document, { credential: placeholderCredential }),
  );
  await runAgainst(against(recording));
  const { mutants, notReached } = await deriveMutants(scored, provided, answers);
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

async function deriveMutants(
  { contract: { document, operations } }: ScoredContract,
  provided: ProvidedContract,
  answers: ReadonlyMap<string, Answer>,
): Promise<{ readonly mutants: readonly Mutant[]; readonly notReached: readonly string[] }> {
  const credential = placeholderCredential;
  const base = documentProvider(document, { credential });
  const judge = await createValueJudge(document, "response", schemasOf(provided.operations, "response"));
  const mutants: Mutant[] = [];
  const broken = new Set<string>();
  const notReached: string[] = [];
  const judged = new Set(operations.map(({ id }) => id));
  for (const operation of provided.operations.filter(({ id }) => judged.has(id))) {
    const given = [...answers.entries()]
      .filter(([key]) => key.startsWith(`${operation.id} `))
      .map(([, answer]) => answer);
    for (const answer of given) {
      for (const mutant of responseMutants(document, operation, answer, base, judge)) {
        if (mutant.rule !== undefined && broken.has(mutant.rule)) continue;
        if (mutant.rule !== undefined && mutant.equivalent === undefined) broken.add(mutant.rule);
        mutants.push(mutant);
      }
    }
    mutants.push(
      ...requestMutants(document, operation, (enforced) =>
        documentProvider(document, { enforced, credential }),
      ),
    );
    notReached.push(
      ...documentedStatuses(operation)
        .filter((status) => !given.some((answer) => covers(status, answer.status)))
        .map((status) => `${operation.id} ${status}`),
    );
  }
  return { mutants, notReached };
}

/** Remembers the first answer of each operation and status. */
function recordingAnswers(
  { operations, paths }: ProvidedContract,
  next: Handler,
): { readonly recording: Handler; readonly answers: ReadonlyMap<string, Answer> } {
  const answers = new Map<string, Answer>();
  const recording: Handler = async (request) => {
    const answer = await next(request);
    const path = paths.match(pathOf(request.url))?.path;
    const operation = operations.find((one) => one.method === request.method && one.path === path);
    const key = `${operation?.id} ${answer.status}`;
    if (operation && !answers.has(key)) answers.set(key, answer);
    return answer;
  };
  return { recording, answers };
}

function documentedStatuses(operation: Operation): readonly string[] {
  return operation.responses.map(({ status }) => status);
}

function covers(documented: string, status: number): boolean {
  return (
    documented === String(status) ||
    documented === `${Math.floor(status / 100)}XX` ||
    documented === "default"
  );
}

function countedBy(items: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return counts;
}
