import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { checks } from "../harness/checks/registry.ts";
import { libraryDrifts, tokenDrifts } from "./drift.ts";
import { checksOf, judge } from "./judge-fault.ts";
import { libraryContract, notesContract, tokenContract } from "./scored-contract.ts";

const token = await tokenContract(fileURLToPath(new URL("../..", import.meta.url)));
const library = await libraryContract();
const notes = await notesContract();

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
