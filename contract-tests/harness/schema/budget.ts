/** Most items of a list, and members of an object, that are made. Which contracts mean longer ones? None that was seen. */
const mostMembers = 1_000;
/** Most characters of a text that are made. */
const mostCharacters = 100_000;
/** Most values that are made for one operation, members counted: what they take is memory. */
const mostParts = 1_000_000;
/** Milliseconds of the processor for the making of one operation's values: a busy machine makes the same ones. */
const mostMs = 2_000;

/** A schema asks for more than is made of any: what depends on it is not judged. */
export class BeyondBudget extends Error {
  override readonly name: string = "BeyondBudget";
}

/** Nothing more is made for this operation. */
export class AllowanceSpent extends BeyondBudget {
  override readonly name: string = "AllowanceSpent";
}

/**
 * What the making of values may cost, whatever a schema asks for. Work on one operation shares one allowance of time and
 * of parts. An operation that uses it up halves the time of those after it: a hundred such operations take no longer than
 * two.
 */
export class Budget {
  readonly #spentMs = new Map<string, number>();
  #allowedMs = mostMs;
  #parts = 0;
  /** The processor's time at which the allowance is used up. */
  #end = 0;
  /** The earliest time, by the clock, at which it can be: asking the processor's time each step would be slow. */
  #until: number | undefined;
  readonly #processorMs: () => number;

  /** @param processorMs the processor's time that this process has used so far */
  constructor(processorMs: () => number = usedProcessorMs) {
    this.#processorMs = processorMs;
  }

  /** Begins a run, with nothing spent: runs may share what an earlier one has compiled, and not what it has cost. */
  renew(): void {
    this.#spentMs.clear();
    this.#allowedMs = mostMs;
  }

  /** Does work for `operation` within its allowance. @throws {AllowanceSpent} when it is used up */
  within<Result>(operation: string, work: () => Result): Result {
    if (this.#until !== undefined) return work();
    const start = this.#processorMs();
    const spent = this.#spentMs.get(operation) ?? 0;
    const left = this.#allowedMs - spent;
    if (left <= 0) throw tooSlow();
    this.#end = start + left;
    this.#until = performance.now() + left;
    this.#parts = 0;
    try {
      return work();
    } finally {
      const now = this.#processorMs();
      this.#spentMs.set(operation, spent + now - start);
      if (now >= this.#end && spent < this.#allowedMs) this.#allowedMs /= 2;
      this.#until = undefined;
    }
  }

  /** Called before each step of the work. @throws {AllowanceSpent} when the allowance is used up */
  spend(parts = 1): void {
    this.#parts += parts;
    if (this.#until === undefined) return;
    if (this.#parts > mostParts)
      throw new AllowanceSpent(`its values have more than ${mostParts.toLocaleString("en")} parts`);
    if (performance.now() <= this.#until) return;
    const left = this.#end - this.#processorMs();
    if (left > 0) this.#until = performance.now() + left;
    else throw tooSlow();
  }
}

function tooSlow(): AllowanceSpent {
  return new AllowanceSpent(`generating its values takes longer than ${mostMs / 1_000} s`);
}

function usedProcessorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

/** @throws {BeyondBudget} when a list or an object has to have more members than are made */
export function checkMembers(keyword: string, count: number): void {
  if (count > mostMembers)
    throw new BeyondBudget(`${keyword} requires ${count}, and at most ${mostMembers} are generated`);
}

/** @throws {BeyondBudget} when a text has to be longer than any that is made */
export function checkCharacters(what: string, count: number): void {
  if (count > mostCharacters)
    throw new BeyondBudget(
      `${what} requires ${count} characters, and at most ${mostCharacters} are generated`,
    );
}

/** @throws {BeyondBudget} when no value can be judged by a schema: whether one that is made is valid, nobody could tell */
export function checkEnds(reason: string | undefined): void {
  if (reason !== undefined) throw new BeyondBudget(reason);
}
