import { BeyondBudget } from "./budget.ts";

/** Put into each schema that others may refer to: whoever goes in circles passes by. */
export const stepKeyword = "x-step";

/** Most such schemas that are passed by for one value. */
const mostSteps = 1_000_000;

/** Counts the schemas that one value is held against: those that refer to each other may multiply without end. */
export class Steps {
  #judging = 0;
  #taken = 0;

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
  take(): true {
    if (++this.#taken <= mostSteps) return true;
    const most = mostSteps.toLocaleString("en");
    throw new BeyondBudget(
      `checking a value takes more than ${most} steps through schemas that refer to each other`,
    );
  }
}
