import { isDeepStrictEqual } from "node:util";
import { type JsonObject, type Path, valueAt } from "../generate/json.ts";
import { type AlignedContract, ContractAligner } from "./contract-aligner.ts";
import type { ContractPair, MemberPair } from "./contract-pairs.ts";
import { parametersOf } from "./operation-parts.ts";

/**
 * Two contracts as they must be written for `redocly diff` to compare what belongs together. Redocly pairs the members
 * of lists by their text, and those that differ by likeness: a parameter that got a description is "removed" and
 * "added". So each member that both contracts have becomes a component of the same name in both, referred to from its
 * list; a path whose parameters got other names keeps the name that it had; a path's parameters stand with each of its
 * operations. Paths that only one of the two has are left out: they are no renamed ones.
 */
export function alignContracts(pair: ContractPair): {
  readonly base: AlignedContract;
  readonly revision: AlignedContract;
} {
  const base = new ContractAligner(pair.base);
  const revision = new ContractAligner(pair.revision);
  for (const paths of pair.paths) {
    base.keepPath(paths.base, paths.base);
    revision.keepPath(paths.revision, paths.base);
  }
  for (const [index, operations] of pair.operations.entries()) {
    const later = new Set(parametersOf(pair.revision, operations.revision).map(({ key }) => key));
    for (const { key } of parametersOf(pair.base, operations.base)) {
      if (!later.has(key)) continue;
      base.nameParameter(operations.base, key, `${index} ${key}`);
      revision.nameParameter(operations.revision, key, `${index} ${key}`);
    }
  }
  for (const [index, member] of [...pair.members, ...serversAndTags(pair)].entries()) {
    if (base.isNamed(member.base) || revision.isNamed(member.revision)) continue;
    if (isDeepStrictEqual(valueAt(pair.base, member.base), valueAt(pair.revision, member.revision))) continue;
    base.nameMember(member.base, String(index));
    revision.nameMember(member.revision, String(index));
  }
  return { base: base.aligned(), revision: revision.aligned() };
}

/** Servers are known by their address, tags by their name. */
function serversAndTags({ base, revision, paths, operations }: ContractPair): MemberPair[] {
  const owners: readonly MemberPair[] = [
    { base: [], revision: [] },
    ...paths.map((pair) => ({ base: ["paths", pair.base], revision: ["paths", pair.revision] })),
    ...operations.map((pair) => ({ base: pair.base.path, revision: pair.revision.path })),
  ];
  return [
    ...pairBy("name", base, revision, { base: ["tags"], revision: ["tags"] }),
    ...owners.flatMap((owner) =>
      pairBy("url", base, revision, {
        base: [...owner.base, "servers"],
        revision: [...owner.revision, "servers"],
      }),
    ),
  ];
}

function pairBy(key: string, base: JsonObject, revision: JsonObject, lists: MemberPair): MemberPair[] {
  const [before, after] = [valueAt(base, lists.base), valueAt(revision, lists.revision)];
  if (!Array.isArray(before) || !Array.isArray(after)) return [];
  return before.flatMap((_, index): MemberPair[] => {
    const name = valueAt(base, [...lists.base, index, key]);
    const match = after.findIndex((__, other) => valueAt(revision, [...lists.revision, other, key]) === name);
    if (name === undefined || match < 0) return [];
    return [
      { base: [...lists.base, index], revision: [...lists.revision, match] } satisfies {
        base: Path;
        revision: Path;
      },
    ];
  });
}
