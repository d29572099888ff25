import { beforeAll, describe, expect, test } from "vitest";
import { toPointer } from "../generate/json.ts";
import { bumps, type RatedChange } from "./change.ts";
import { exitCodeOf, rateChanges } from "./diff-contracts.ts";
import { breakingCases, type DiffCase, furtherCases, harmlessCases, shop } from "./testing/diff-cases.ts";
import { caseOf, sideBySide } from "./testing/side-by-side.ts";

const changesOf = new Map<string, RatedChange[]>();

beforeAll(async () => {
  // Apart, because Redocly takes a path that is gone and one that is new for a renamed one.
  for (const cases of [breakingCases, [...harmlessCases, ...furtherCases]]) await compareTogether(cases);
}, 60_000);

async function compareTogether(cases: readonly DiffCase[]): Promise<void> {
  const base = sideBySide(cases.map(shop));
  const revision = sideBySide(cases.map((entry) => entry.revision));
  for (const change of await rateChanges(base, revision)) {
    const index = caseOf(toPointer(change.base ?? change.revision ?? []));
    if (index === undefined) continue;
    const name = cases[index]?.name ?? "";
    changesOf.set(name, [...(changesOf.get(name) ?? []), change]);
  }
}

describe("a change that hurts an existing client", () => {
  test("27 kinds are distinguished", () => expect(breakingCases).toHaveLength(27));

  test.each(breakingCases)("$name: breaking", ({ name }) => {
    const bump = heaviest(name);
    expect(bump).toBe("major");
    expect(exitCodeOf({ bump })).toBe(1);
  });
});

describe("a change that no existing client feels", () => {
  test.each(harmlessCases)("$name: $bump", ({ name, bump }) => {
    expect(heaviest(name)).toBe(bump);
    expect(exitCodeOf({ bump })).toBe(0);
  });
});

describe("what is easily missed or easily blamed", () => {
  test.each(furtherCases)("$name: $bump", ({ name, bump }) => expect(heaviest(name)).toBe(bump));
});

test("a contract doesn't differ from itself", async () => {
  expect(await rateChanges(shop(), shop())).toEqual([]);
});

function heaviest(name: string) {
  const changes = changesOf.get(name) ?? [];
  return [...bumps].reverse().find((bump) => changes.some((change) => change.bump === bump)) ?? "none";
}
