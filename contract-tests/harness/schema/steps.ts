import { BeyondBudget } from "./budget.ts";

/** Put into each schema that others may refer to: whoever goes in circles passes by. */
export const stepKeyword = "x-step";

/** Most such schemas, and patterns, that one value is held against. */
const mostSteps = 1_000_000;
/** What is left of them where value after value takes more. */
const leastSteps = 10_000;

/**
 * Counts the schemas that one value is held against: those that refer to each other may multiply without end. Each value
 * that takes more than is allowed halves what those after it are allowed, so that a thousand cost no more than a few.
 */
export class Steps {
  #judging = 0;
  #taken = 0;
  #allowed = mostSteps;

  /** Begins a run. */
  renew(): void {
    this.#allowed = mostSteps;
  }

  /**
   * A judgement that may ask for others: all of them together have so many steps.
   *
   * @throws {BeyondBudget} when there were too many, or the value is nested beyond what the engine's stack holds
   */
  within(judge: () => boolean): boolean {
    if (this.#judging++ === 0) this.#taken = 0;
    try {
      return judge();
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw new BeyondBudget("the value is nested too deeply to be checked against a recursive schema");
    } finally {
      this.#judging--;
    }
  }

  /** @throws {BeyondBudget} when there were too many */
  take(steps = 1): true {
    this.#taken += steps;
    if (this.#taken <= this.#allowed) return true;
    this.#allowed = Math.max(leastSteps, this.#allowed / 2);
    throw new BeyondBudget(
      "checking a value takes more steps through schemas that refer to each other, or patterns, than allowed (1,000,000, and fewer after each value that exceeds them)",
    );
  }
}

/** Most members and items of a value that are held against what describes them, each by each. */
const mostLooks = 1_000_000;
/** What is left of them where value after value takes more. */
const leastLooks = 10_000;

/** Counts what is looked at on walks through values, as `Steps` does where they are judged. */
export class Looks {
  #allowed = mostLooks;

  /** Begins a run. */
  renew(): void {
    this.#allowed = mostLooks;
  }

  /**
   * Begins a walk through a value.
   *
   * @param share of what is allowed, from 0 to 1, for walks that take longer
   * @returns counts so many more looks; throws `BeyondBudget` when there were too many
   */
  begin(share: number): (count: number) => void {
    let looks = 0;
    return (count) => {
      looks += count;
      if (looks <= this.#allowed * share) return;
      this.#allowed = Math.max(leastLooks, this.#allowed / 2);
      const most = (mostLooks * share).toLocaleString("en");
      throw new BeyondBudget(
        `checking a value takes more member lookups than allowed (${most}, and fewer after each value that exceeds them)`,
      );
    };
  }
}
