import { isDeepStrictEqual } from "node:util";
import { isObject, type JsonObject, type Path, toPointer, valueAt } from "../generate/json.ts";
import { alignContracts } from "./align-contracts.ts";
import {
  type Bump,
  bumps,
  type Change,
  type ContractDiff,
  type ContractSide,
  type RatedChange,
} from "./change.ts";
import { comparable, originalPath } from "./comparable.ts";
import { withoutAlignedNames } from "./contract-aligner.ts";
import { type ContractPair, pairContracts } from "./contract-pairs.ts";
import type { MentionFinder } from "./find-mentions.ts";
import { withoutMarks } from "./marked-null.ts";
import { meaningOf } from "./meaning-of.ts";
import { mergeRatings } from "./merge-ratings.ts";
import { nameParameter } from "./name-parameter.ts";
import { namesOf } from "./names-of.ts";
import { operationsTouched } from "./operations-touched.ts";
import { rules } from "./rules/registry.ts";
import { runRedoclyDiff } from "./run-redocly-diff.ts";
import { withServerPaths } from "./server-paths.ts";

/** Every difference between two contracts, rated: Redocly's, and what our own rules add. */
export async function rateChanges(base: JsonObject, revision: JsonObject): Promise<RatedChange[]> {
  if (isDeepStrictEqual(base, revision)) return [];
  const sides = withServerPaths(comparable(base), comparable(revision));
  const pair = pairContracts(sides.base, sides.revision);
  const redocly = await redoclyChanges(pair);
  const own = rules.flatMap((rule) => rule.changes(pair).map((change) => ({ ...change, rule: rule.id })));
  return mergeRatings(redocly, own)
    .filter((change) => !isImportDate(change))
    .map(({ base: before, revision: after, ...change }) => ({
      ...withoutMarks(change),
      ...(before && { base: sides.templateOf("base", before) }),
      ...(after && { revision: sides.templateOf("revision", after) }),
    }));
}

/** Redocly's changes of two contracts, at the places of the contracts themselves. */
async function redoclyChanges(pair: ContractPair): Promise<RatedChange[]> {
  const { base, revision } = alignContracts(pair);
  const writtenValue = (document: JsonObject, path: Path, value: unknown): unknown =>
    isObject(value) || Array.isArray(value) ? (valueAt(document, path) ?? value) : value;
  return (await runRedoclyDiff(base.document, revision.document)).map((change): RatedChange => {
    const before = change.base && base.originOf(change.base);
    const after = change.revision && revision.originOf(change.revision);
    return {
      ...change,
      message: withoutAlignedNames(change.message),
      ...(before && { base: before, before: writtenValue(pair.base, before, change.before) }),
      ...(after && { revision: after, after: writtenValue(pair.revision, after, change.after) }),
    };
  });
}

/** The pipeline writes the date of the import where the page has no version; that date is no change of the contract. */
function isImportDate({ base, before, after }: RatedChange): boolean {
  const date = /^\d{4}-\d{2}-\d{2}$/;
  return base?.join("/") === "info/version" && date.test(String(before)) && date.test(String(after));
}

/** Compares two contracts and explains each change, with the lines of our code that name what it touches. */
export async function diffContracts(
  base: ContractSide,
  revision: ContractSide,
  findMentions: MentionFinder,
): Promise<ContractDiff> {
  const rated = await rateChanges(base.document, revision.document);
  const before = operationsTouched(comparable(base.document));
  const after = operationsTouched(comparable(revision.document));
  const changes = rated.map((change): Change => {
    const side = change.revision === undefined ? base : revision;
    const compared = change.revision ?? change.base ?? [];
    const used = change.revision === undefined ? before(compared) : after(compared);
    const path = originalPath(side.document, compared);
    const names = namesOf(change, base.document);
    return {
      ...change,
      message: nameParameter(change.message, side.document, path),
      pointer: toPointer(path),
      place: side.placeOf(path),
      operations: used.operations,
      meaning: meaningOf(change, used.directions),
      searched: names.map(({ text }) => text),
      mentions: findMentions(names),
    };
  });
  changes.sort(
    (left, right) =>
      bumps.indexOf(right.bump) - bumps.indexOf(left.bump) || left.pointer.localeCompare(right.pointer, "en"),
  );
  const counts: Record<Bump, number> = { patch: 0, minor: 0, major: 0 };
  for (const { bump } of changes) counts[bump] += 1;
  return { base: base.label, revision: revision.label, bump: changes[0]?.bump ?? "none", counts, changes };
}

/** 1 when an existing client can break, else 0. */
export function exitCodeOf({ bump }: Pick<ContractDiff, "bump">): 0 | 1 {
  return bump === "major" ? 1 : 0;
}
