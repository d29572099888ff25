import type { Case } from "../cases/case.ts";
import type { Purpose } from "../cases/case-collector.ts";

/**
 * At most `most` cases, in their order: one for each constraint first, then one for each place that a constraint is
 * reached through, then the rest; where there is no room for all of a kind, evenly spread.
 */
export function limitCases(
  cases: readonly Case[],
  purposes: ReadonlyMap<string, Purpose>,
  most: number,
): readonly Case[] {
  if (cases.length <= most) return cases;
  const firsts: Case[] = [];
  const places: Case[] = [];
  const rest: Case[] = [];
  const served = new Set<string>();
  for (const testCase of cases) {
    const { broad, narrow } = purposes.get(testCase.id) ?? { broad: testCase.id, narrow: testCase.id };
    if (!served.has(broad)) firsts.push(testCase);
    else if (!served.has(narrow)) places.push(testCase);
    else rest.push(testCase);
    served.add(broad).add(narrow);
  }
  const chosen = new Set<Case>();
  for (const kind of [firsts, places, rest])
    for (const testCase of evenlySpread(kind, most - chosen.size)) chosen.add(testCase);
  return cases.filter((testCase) => chosen.has(testCase));
}

function evenlySpread<Item>(items: readonly Item[], most: number): readonly Item[] {
  if (items.length <= most) return items;
  return items.filter(
    (_, index) =>
      Math.floor((index * most) / items.length) !== Math.floor(((index - 1) * most) / items.length),
  );
}
