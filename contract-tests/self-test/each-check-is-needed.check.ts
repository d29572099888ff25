import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { checks } from "../harness/checks/registry.ts";
import { libraryDrifts, tokenDrifts } from "./drift.ts";
import { checksOf, judge, type Tried } from "./judge-fault.ts";
import { libraryContract, notesContract, type ScoredContract, tokenContract } from "./scored-contract.ts";

const token = await tokenContract(fileURLToPath(new URL("../..", import.meta.url)));
const library = await libraryContract();
const notes = await notesContract();

/** Small operations first: they prove as much, sooner. */
function size({ operations = [] }: Tried): number {
  const concerned = library.contract.operations.filter(({ id }) => operations.includes(id));
  return concerned.reduce(
    (sum, { parameters, requestBody }) => sum + parameters.length + (requestBody ? 10 : 0),
    0,
  );
}

describe("turning off one check lets a fault through:", () => {
  const all: readonly (readonly [ScoredContract, Tried])[] = [
    ...token.faults.map((fault) => [token, fault] as const),
    ...[...library.faults].sort((a, b) => size(a) - size(b)).map((fault) => [library, fault] as const),
    ...notes.faults.map((fault) => [notes, fault] as const),
    ...tokenDrifts.map((drift) => [token, drift] as const),
    ...libraryDrifts.map((drift) => [library, drift] as const),
  ];

  // What only a recording can show has its faults in the tests of recorded traffic.
  it.each(checks.filter(({ judgesUndocumented }) => !judgesUndocumented).map(({ id }) => id))(
    "%s",
    async (check) => {
      const others = checks.map(({ id }) => id).filter((id) => id !== check);
      const alone = all.filter(([, { caughtBy }]) => caughtBy.includes(check));
      for (const [scored, fault] of alone) {
        const without = await judge(scored, fault, { checkIds: others });
        if (
          without.errors.length > 0 ||
          without.warnings.some((warning) => fault.caughtBy.includes(warning.check))
        )
          continue;
        const withIt = await judge(scored, fault);
        expect([...checksOf(withIt.errors), ...checksOf(withIt.warnings)]).toContain(check);
        return;
      }
      expect.fail(`No fault is caught by ${check} alone: write one that nothing else notices.`);
    },
    60_000,
  );
});
