import { expect, it } from "vitest";
import type { Case } from "../cases/case.ts";
import { limitCases } from "./limit-cases.ts";

const named = (id: string): Case => ({
  id,
  operation: "POST /a",
  phase: "coverage",
  expectation: "rejected",
  request: { method: "POST", path: "/a", headers: [] },
});
/** `name minimum` at the top and the same below `child`, many times over. */
const ids = ["valid", "a1", "a2", "a3", "a4", "child a1", "child a2", "b1", "child b1", "c1"];
const purposes = new Map(
  ids.slice(1).map((id) => {
    const broad = id.replace("child ", "").charAt(0);
    return [id, { broad, narrow: id.startsWith("child") ? `${broad} in child` : broad }] as const;
  }),
);
const limited = (most: number) => limitCases(ids.map(named), purposes, most).map(({ id }) => id);

it("keeps one case for each constraint before a second for any", () => {
  expect(limited(4)).toEqual(["valid", "a1", "b1", "c1"]);
});

it("then keeps one for each place that a constraint is reached through", () => {
  expect(limited(6)).toEqual(["valid", "a1", "child a1", "b1", "child b1", "c1"]);
});

it("keeps as many as allowed, and all that fit", () => {
  for (const most of [1, 2, 3, 5, 7, 9]) expect(limited(most)).toHaveLength(most);
  expect(limited(10)).toEqual(ids);
});
