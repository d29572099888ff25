import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { Fault } from "../../src/simulator/handler.ts";
import { checks } from "../harness/checks/registry.ts";
import { RunMemory } from "../harness/run/run-memory.ts";
import { libraryDrifts, tokenDrifts } from "./drift.ts";
import { type HarnessResult, runAgainst } from "./run-against.ts";
import { libraryContract, notesContract, type ScoredContract, tokenContract } from "./scored-contract.ts";

const seed = 1;
const token = await tokenContract(fileURLToPath(new URL("../..", import.meta.url)));
const library = await libraryContract();
const notes = await notesContract();
const memories = new Map([token, library, notes].map((scored) => [scored, new RunMemory(scored.contract)]));

type Tried = Fault & { readonly operations?: readonly string[] };

interface How {
  readonly checkIds?: readonly string[];
  readonly untilCaught?: boolean;
}

function judge(
  scored: ScoredContract,
  fault: Tried,
  { checkIds, untilCaught }: How = {},
): Promise<HarnessResult> {
  return runAgainst({
    contract: scored.contract,
    memory: memories.get(scored) ?? new RunMemory(scored.contract),
    handler: fault.wrap(scored.provider()),
    seed,
    // Random requests are the fault score's: what is proven here holds without luck.
    phases: ["examples", "coverage"],
    remembers: scored.remembers ?? false,
    inHaste: fault.caughtBy.includes("max-response-time"),
    ...(untilCaught && { untilCaughtBy: fault.caughtBy }),
    ...(checkIds && { checks: checks.filter(({ id }) => checkIds.includes(id)) }),
    ...(fault.operations && { operations: fault.operations }),
  });
}

/** Small operations first: they prove as much, sooner. */
function size({ operations = [] }: Tried): number {
  const concerned = library.contract.operations.filter(({ id }) => operations.includes(id));
  return concerned.reduce(
    (sum, { parameters, requestBody }) => sum + parameters.length + (requestBody ? 10 : 0),
    0,
  );
}

const checksOf = (findings: HarnessResult["errors"]) => [...new Set(findings.map(({ check }) => check))];

describe("a fault of the token contract", () => {
  it.each(token.faults.map((fault) => [fault.id, fault] as const))("%s is caught", async (_, fault) => {
    const { caught } = await judge(token, fault, { untilCaught: true });
    expect(caught?.check).toBeOneOf([...fault.caughtBy]);
  });
});

describe("a clean variation of the token contract", () => {
  it.each(token.clean.map((clean) => [clean.id, clean] as const))("%s isn't blamed", async (_, clean) => {
    const { errors, exchanges } = await judge(token, { ...clean, caughtBy: [], breach: "" });
    expect(errors.map(({ id }) => id)).toEqual([]);
    expect(exchanges).toBeGreaterThan(20);
  });
});

describe("what several requests show together", () => {
  it.each(notes.faults.map((fault) => [fault.id, fault] as const))("%s is caught", async (_, fault) => {
    const { errors, warnings } = await judge(notes, fault);
    expect(checksOf([...errors, ...warnings])).toEqual(expect.arrayContaining([...fault.caughtBy]));
  });

  it("isn't held against a provider that conforms to its contract", async () => {
    const asItIs = { id: "as it is", caughtBy: [], breach: "", wrap: () => notes.provider() };
    const { errors, warnings, answered } = await judge(notes, asItIs);
    expect([...errors, ...warnings].map(({ id }) => id)).toEqual([]);
    const succeeded = notes.contract.operations.filter(({ id }) =>
      [...answered].some((answer) => answer.startsWith(`${id} 2`)),
    );
    expect(succeeded).toEqual(notes.contract.operations);
  });
});

it("names in every fault only checks that there are", () => {
  const known = checks.map(({ id }) => id);
  const named = [
    ...token.faults,
    ...library.faults,
    ...notes.faults,
    ...tokenDrifts,
    ...libraryDrifts,
  ].flatMap(({ caughtBy }) => caughtBy);
  expect([...new Set(named)].filter((check) => !known.includes(check))).toEqual([]);
});

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
