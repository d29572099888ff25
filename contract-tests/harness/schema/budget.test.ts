import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { AllowanceSpent, Budget } from "./budget.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["performance"] }));
afterEach(() => void vi.useRealTimers());

/** Work that takes so many milliseconds, and looks at its allowance in the end. */
const work = (budget: Budget, ms: number) => () =>
  budget.within("GET /a", () => {
    vi.advanceTimersByTime(ms);
    budget.spend();
  });

it("gives each run its own allowance for an operation, however often the oracle was used before", () => {
  const budget = new Budget();
  for (let run = 0; run < 10; run++) {
    budget.renew();
    expect(work(budget, 1_500)).not.toThrow();
  }
});

it("adds up what one run takes for an operation", () => {
  const budget = new Budget();
  budget.renew();
  expect(work(budget, 1_500)).not.toThrow();
  expect(work(budget, 1_500)).toThrow(AllowanceSpent);
});
