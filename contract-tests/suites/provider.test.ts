import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import type { Finding } from "../harness/checks/finding.ts";
import { checks } from "../harness/checks/registry.ts";
import { loadContract } from "../harness/contract/load-contract.ts";
import { defaultSettings } from "./default-settings.ts";
import { openTarget } from "./open-target.ts";
import { ProviderRun } from "./provider-run.ts";

/** From this many operations on there is one test for each operation, not for each of its checks. */
const manyOperations = 60;

const settings = inject("conformance") ?? defaultSettings;
const contract = await loadContract(settings.contractFile);
const active = checks.filter(({ id }) => settings.checks?.includes(id) ?? true);
const operations = contract.operations
  .filter((_, index) => !settings.shard || index % settings.shard.count === settings.shard.index - 1)
  .map(({ id }) => id);
const judged = new ProviderRun(contract, settings);

function expectNoErrors(findings: readonly Finding[]): void {
  const errors = findings.filter(({ severity }) => severity === "error");
  expect(errors.map(({ id, message, expected, actual }) => ({ id, message, expected, actual }))).toEqual([]);
}

describe(`provider: ${contract.title}`, { timeout: 0 }, () => {
  beforeAll(async () => judged.start(await openTarget(settings)));
  afterAll(() => judged.stop());

  describe.runIf(operations.length < manyOperations).each(operations)("%s", (operation) => {
    it.for(active.map(({ id }) => id))("%s", async (check, { skip }) => {
      const { findings, counts, notJudged } = await judged.operation(operation);
      if (!counts.some((count) => count.check === check)) {
        skip(
          notJudged.find((item) => item.check === check)?.reason ?? "nothing in this contract for this check",
        );
      }
      expectNoErrors(findings.filter((finding) => finding.check === check));
      expect(counts.filter((count) => count.check === check && count.failed > 0)).toEqual([]);
    });
  });

  it.runIf(operations.length >= manyOperations).each(operations)("%s", async (operation) => {
    expectNoErrors((await judged.operation(operation)).findings);
  });

  it("has judged something", async () => {
    expect((await judged.finished()).verdict).not.toBe("judged-nothing");
  });
});
