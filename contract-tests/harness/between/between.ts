import type { Case } from "../cases/case.ts";
import { resourceMap } from "../cases/resources.ts";
import type { Contract, Operation } from "../contract/contract.ts";
import { sameShape } from "../contract/match-operation.ts";
import { messageOf } from "../http/message-of.ts";
import { curlLine } from "../run/curl-line.ts";
import { OperationEntries } from "../run/operation-entry.ts";
import { operationPlans } from "../run/operation-plans.ts";
import { type OperationPlan, planOperation } from "../run/plan-operation.ts";
import { planOptions, run } from "../run/run.ts";
import { RunMemory } from "../run/run-memory.ts";
import type { RunOptions } from "../run/run-options.ts";
import type { Stopped } from "../run/stopping.ts";
import type { Target } from "../run/target.ts";
import { carriedSecrets } from "../wire/secrets-of.ts";
import {
  type Change,
  type OperationPair,
  type Side,
  type Sides,
  sides,
  type TouchingChange,
} from "./change.ts";
import { chooseCases } from "./choose-cases.ts";
import { type Decision, decide, undecided } from "./decide.ts";
import { differences } from "./differences.ts";
import { ExchangeReader } from "./read-exchange.ts";
import { type Evidence, weighExchange } from "./weigh.ts";

/** What `run` takes as well; values, credentials and tokens may be for one document alone. */
export type BetweenRunOptions = Pick<
  RunOptions,
  | "headers"
  | "auth"
  | "tokens"
  | "values"
  | "entries"
  | "allowWrites"
  | "maxRequests"
  | "rate"
  | "timeoutMs"
  | "maxTimeMs"
  | "signal"
  | "onWait"
>;

export interface BetweenOptions {
  readonly contracts: Sides<Contract>;
  readonly target: Target;
  /** Operations to look at. Default: all. */
  readonly isChosen?: (operation: Operation) => boolean;
  readonly run: Sides<BetweenRunOptions>;
  /** Called with the cases that will be sent, before the first one. */
  readonly onPlan?: (cases: readonly Case[]) => void;
}

/** A change, and how the server behaves. */
export interface BetweenRow extends Decision {
  readonly kind: string;
  readonly message: string;
  /** Their ids. */
  readonly operations: readonly string[];
  readonly places: Partial<Sides<{ readonly pointer: string; readonly file: string; readonly line: number }>>;
  /** Requests that show it, as curl lines, one for each thing that they say of it. */
  readonly requests: readonly {
    readonly says: Evidence["says"];
    readonly because: string;
    readonly curl: string;
  }[];
}

export interface BetweenResult {
  readonly rows: readonly BetweenRow[];
  /** How many descriptions, examples and the like differ. */
  readonly words: number;
  readonly requestsSent: number;
  /** Why not everything was tried. */
  readonly stopped?: Stopped;
}

/**
 * Tries the operations that differ between two documents, and decides for each change which of them the server follows.
 * What is sent to find things (lists) and to create them is within the limits of every run.
 */
export async function between({
  contracts,
  target,
  isChosen,
  onPlan,
  run: own,
}: BetweenOptions): Promise<BetweenResult> {
  const reader = new ExchangeReader(contracts);
  const { changes, words } = differences(reader);
  const wanted = changes.flatMap(({ change, operations }) => {
    const left = operations.filter(({ base, revision }) =>
      [base, revision].some((one) => one && (isChosen?.(one) ?? true)),
    );
    return left.length === 0 ? [] : [{ change, operations: left }];
  });
  const seen = new Map(wanted.map((row) => [row, new Map<string, Seen>()] as const));
  const served = new Set<OperationPair>();
  let requestsSent = 0;
  let stopped: Stopped | undefined;
  const planned = sides.map((side) => planSide(reader, side, wanted, seen, target, own[side]));
  onPlan?.(planned.flatMap(({ memory }) => [...memory.plans.values()].flatMap(({ cases }) => cases)));
  for (const plan of planned) {
    if (plan.pairs.size === 0 || stopped) continue;
    const { maxRequests } = own[plan.side];
    if (maxRequests !== undefined && maxRequests <= requestsSent) break;
    const played = await play(reader, plan, wanted, { seen, served }, target, {
      ...own[plan.side],
      ...(maxRequests === undefined ? {} : { maxRequests: maxRequests - requestsSent }),
    });
    requestsSent += played.requestsSent;
    stopped = played.stopped;
  }
  return {
    rows: wanted.map((row) => asRow(row, [...(seen.get(row)?.values() ?? [])], served, contracts)),
    words,
    requestsSent,
    ...(stopped ? { stopped } : {}),
  };
}

/** Equal evidence once, with a request that shows it. */
interface Seen {
  readonly evidence: Evidence;
  readonly curl?: string;
  count: number;
}

type SeenOf = ReadonlyMap<TouchingChange, Map<string, Seen>>;

function enter(seen: Map<string, Seen> | undefined, evidence: Evidence, curl?: () => string): void {
  const key = JSON.stringify(evidence);
  const known = seen?.get(key);
  if (known) known.count++;
  else seen?.set(key, { evidence, count: 1, ...(curl ? { curl: curl() } : {}) });
}

function pairsToTry(changes: readonly TouchingChange[], side: Side): readonly OperationPair[] {
  const shown = changes.filter(({ change }) => change.observed !== "never");
  return [...new Set(shown.flatMap(({ operations }) => operations))].filter(
    (pair) => pair[side] !== undefined,
  );
}

/** What is sent by one document's account. */
interface SidePlan {
  readonly side: Side;
  /** By the ids of that document's operations. */
  readonly pairs: ReadonlyMap<string, OperationPair>;
  readonly memory: RunMemory;
}

function planSide(
  reader: ExchangeReader,
  side: Side,
  changes: readonly TouchingChange[],
  seen: SeenOf,
  target: Target,
  options: BetweenRunOptions,
): SidePlan {
  const contract = reader.contracts[side];
  const memory = new RunMemory(contract);
  const pairs = new Map<string, OperationPair>();
  const wanted = pairsToTry(changes, side);
  const plan = planOptions(
    { ...options, phases: ["examples", "coverage"] },
    target.capabilities,
    wanted.length,
  );
  const entries = new OperationEntries(contract, options.entries);
  const plans = operationPlans(plan, memory.oracle, entries, { contract, ...options });
  for (const pair of wanted) {
    const operation = pair[side];
    if (!operation) continue;
    pairs.set(operation.id, pair);
    const made = planOperation(contract, memory.oracle, reader.paths[side], operation, plans(operation));
    const own = touching(changes, pair);
    const changed = own.map(({ change }) => change);
    const chosen = chooseCases(reader, pair, changed, made);
    memory.plans.set(operation.id, chosen);
    for (const row of own) {
      const because = whyNothing(row.change, side, chosen);
      if (because !== undefined) enter(seen.get(row), { says: "nothing", because });
    }
  }
  return { side, pairs, memory };
}

/** Why the plan contains nothing that shows a change; undefined if it may. */
function whyNothing(
  { pointers }: Change,
  side: Side,
  { cases, notJudged }: OperationPlan,
): string | undefined {
  if (cases.length === 0) return notJudged.at(-1)?.reason ?? "no request could be made";
  const own = pointers[side];
  const isOwn = (pointer: string) => own !== undefined && (pointer === own || pointer.startsWith(`${own}/`));
  return notJudged.find(({ pointer }) => pointer !== undefined && isOwn(pointer))?.reason;
}

function touching(changes: readonly TouchingChange[], pair: OperationPair): readonly TouchingChange[] {
  return changes.filter(({ operations }) => operations.includes(pair));
}

async function play(
  reader: ExchangeReader,
  { side, pairs, memory }: SidePlan,
  changes: readonly TouchingChange[],
  { seen, served }: { readonly seen: SeenOf; readonly served: Set<OperationPair> },
  target: Target,
  options: BetweenRunOptions,
): Promise<{ readonly requestsSent: number; readonly stopped?: Stopped }> {
  const contract = reader.contracts[side];
  const tried = [...pairs.values()].flatMap((pair) => pair[side] ?? []);
  const helpers = helpersOf(contract, tried);
  for (const { id } of helpers) memory.plans.set(id, emptyPlan);
  const restricted = { ...contract, operations: [...tried, ...helpers] };
  const events = run({ ...options, contract: restricted, target, memory, checks: [] });
  for await (const event of events) {
    if (event.type === "run-finished") {
      const { requestsSent, stopped } = event.summary;
      return { requestsSent, ...(stopped ? { stopped } : {}) };
    }
    const pair = event.type === "exchange" ? pairs.get(event.exchange.case.operation) : undefined;
    const operation = pair?.[side];
    if (event.type !== "exchange" || !pair || !operation) continue;
    const { exchange } = event;
    if ((exchange.response?.status ?? 500) < 400) served.add(pair);
    const { request } = exchange.case;
    const curl = () => curlLine(target.address, request, carriedSecrets(contract, operation, request));
    const own = touching(changes, pair);
    const change = own.map((row) => row.change);
    for (const [weighed, evidence] of weighedOf(() => weighExchange(reader, pair, change, exchange), change))
      enter(
        seen.get(own.find((row) => row.change === weighed) ?? { change: weighed, operations: [] }),
        evidence,
        curl,
      );
  }
  throw new Error("the run ended without a result");
}

type Weighed = ReturnType<typeof weighExchange>;

/** What can't be read says nothing. */
function weighedOf(weigh: () => Weighed, changes: readonly TouchingChange["change"][]): Weighed {
  try {
    return weigh();
  } catch (error) {
    const because = `the exchange couldn't be read: ${messageOf(error)}`;
    return changes.map((change) => [change, { says: "nothing", because }] as const);
  }
}

const emptyPlan: OperationPlan = {
  cases: [],
  fuzz: false,
  purposes: new Map(),
  parts: new Map(),
  notJudged: [],
};

/** What makes, lists and deletes the things that the paths of these operations name. */
function helpersOf(contract: Contract, operations: readonly Operation[]): readonly Operation[] {
  const { resources } = resourceMap(contract);
  const prefixes = operations.flatMap(({ path }) =>
    [...path.matchAll(/\{[^{}]+\}/g)].map(({ index, 0: name }) => path.slice(0, index + name.length)),
  );
  const needed = resources.filter(({ path }) => prefixes.some((prefix) => sameShape(path, prefix)));
  const helpers = new Set(needed.flatMap(({ make, list, remove }) => [make, list, remove]));
  return [...helpers].filter((one): one is Operation => one !== undefined && !operations.includes(one));
}

/** The last of the reasons why nothing is known. */
function nothingShown({ observed }: Change): Evidence {
  const because =
    observed === "request"
      ? "no request was found that one document allows and the other doesn't"
      : "no response shows it";
  return { says: "nothing", because };
}

function asRow(
  { change, operations }: TouchingChange,
  seen: readonly Seen[],
  served: ReadonlySet<OperationPair>,
  contracts: Sides<Contract>,
): BetweenRow {
  const { kind, message, pointers } = change;
  const all = seen.flatMap(({ evidence, count }) => Array<Evidence>(count).fill(evidence));
  const decision =
    change.observed === "never" ? undecided(change.reason) : decide([...all, nothingShown(change)]);
  // What refuses every request refuses what either document lets pass, and not what one of them forbids.
  const isRefusal =
    change.observed === "request" && !change.isSecurity && !operations.some((pair) => served.has(pair));
  const told =
    isRefusal && decision.behaviour !== "not decidable"
      ? { ...decision, behaviour: "neither" as const, isAgainstRevision: true }
      : decision;
  const places = sides.flatMap((side) => {
    const pointer = pointers[side];
    if (pointer === undefined) return [];
    const { file = contracts[side].file, line } = contracts[side].place(pointer);
    return [[side, { pointer, file, line }] as const];
  });
  return {
    ...told,
    kind,
    message,
    operations: operations.map(({ id }) => id),
    places: Object.fromEntries(places),
    requests: seen.flatMap(({ evidence: { says, because }, curl }) =>
      curl === undefined || says === "nothing" ? [] : [{ says, because, curl }],
    ),
  };
}
