import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { ContractError } from "../../contract-tests/harness/contract/contract-error.ts";
import { loadContract } from "../../contract-tests/harness/contract/load-contract.ts";
import { startPrismMock } from "../../contract-tests/harness/targets/prism-mock.ts";
import { babblingTarget } from "../../contract-tests/self-test/babbling-target.ts";
import { roundTrip, verdictOf } from "../../contract-tests/self-test/round-trip.ts";
import { projectRoot } from "../project-root.ts";
import { exampleDocuments } from "./foreign-documents.ts";

/** Every OpenAPI 3 document of the repository, wherever it lies. */
function ownDocuments(): readonly string[] {
  const skipped = /(^|\/)(node_modules|\.git|\.cache|dist|coverage)(\/|$)/;
  return ["contract-tests", "generated", "scripts", "spec", "src"].flatMap((folder) =>
    readdirSync(join(projectRoot, folder), { recursive: true, encoding: "utf8" })
      .map((name) => join(folder, name))
      .filter((name) => /\.(ya?ml|json)$/.test(name) && !skipped.test(name))
      .filter((name) => /^\s*"?openapi"?\s*:\s*"?3\./m.test(readFileSync(join(projectRoot, name), "utf8"))),
  );
}

const own = ownDocuments().map((name) => [name, join(projectRoot, name)] as const);
/** Of other people's documents every sixth, or all of them with ALL_DOCUMENTS=1: each takes some seconds. */
const step = process.env["ALL_DOCUMENTS"] ? 1 : 6;
const others = (await exampleDocuments(projectRoot)).judged
  .filter((_, index) => index % step === 0)
  .map(({ name, file }) => [name, file] as const);
const limits = { maxCases: 25, fuzzRuns: 2, repeats: 1, wait: async () => undefined };

/** Documents by which the server that breaks much was found to. */
const blamed = new Set<string>();
afterAll(() => expect(blamed.size).toBeGreaterThan((own.length + others.length) * 0.8));

describe.each([...own, ...others])("a recording of %s", (_name, file) => {
  it("of its mock has the verdict of the run", async () => {
    const contract = await contractAt(file);
    if (!contract) return;
    const target = await startPrismMock(contract);
    try {
      const { live, recorded } = await roundTrip(contract, target, limits);
      expect(verdictOf(recorded)).toEqual(verdictOf(live));
    } finally {
      await target.close();
    }
  });

  it("of a server that breaks much and leaks secrets has the verdict of the run", async () => {
    const contract = await contractAt(file);
    if (!contract) return;
    const headers = [["x-own", "k-Sesame/\\7_open\\"]] as const;
    const { live, recorded } = await roundTrip(contract, babblingTarget(contract), { ...limits, headers });
    if (live.findings.length > 0) blamed.add(file);
    expect(verdictOf(recorded)).toEqual(verdictOf(live));
  });
});

/** Undefined where there is nothing to judge by: such documents make no run. */
async function contractAt(file: string) {
  try {
    return await loadContract(file);
  } catch (error) {
    if (error instanceof ContractError) return undefined;
    throw error;
  }
}
