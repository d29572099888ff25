import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { AllowanceSpent, Budget } from "./budget.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["performance"] }));
afterEach(() => void vi.useRealTimers());

let processorMs = 0;

/** Work that takes so many milliseconds of the processor, and looks at its allowance in the end. */
const work =
  (budget: Budget, ms: number, clockMs = ms) =>
  () =>
    budget.within("GET /a", () => {
      vi.advanceTimersByTime(clockMs);
      processorMs += ms;
      budget.spend();
    });

it("gives each run its own allowance for an operation, however often the oracle was used before", () => {
  const budget = new Budget(() => processorMs);
  for (let run = 0; run < 10; run++) {
    budget.renew();
    expect(work(budget, 1_500)).not.toThrow();
  }
});

it("adds up what one run takes for an operation", () => {
  const budget = new Budget(() => processorMs);
  budget.renew();
  expect(work(budget, 1_500)).not.toThrow();
  expect(work(budget, 1_500)).toThrow(AllowanceSpent);
});

it("doesn't count what others do with the processor meanwhile", () => {
  const budget = new Budget(() => processorMs);
  expect(work(budget, 500, 60_000)).not.toThrow();
});
