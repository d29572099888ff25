import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, test } from "vitest";
import { lifecycleFaults } from "../../../src/simulator/lifecycle-faults.ts";
import { loadContract } from "../../harness/contract/load-contract.ts";
import { startPrismMock } from "../../harness/targets/prism-mock.ts";
import { judgeLifecycle, type RuleResult, tokensNeeded } from "./judge-lifecycle.ts";
import type { LifecycleProvider } from "./lifecycle-provider.ts";
import { lifecycleRules } from "./lifecycle-rules.ts";
import { startSimulatorProvider } from "./simulator-provider.ts";
import { urlProvider } from "./url-provider.ts";

const running: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()));
});

async function judged(provider: LifecycleProvider): Promise<RuleResult[]> {
  const results: RuleResult[] = [];
  for await (const result of judgeLifecycle(provider)) results.push(result);
  return results;
}

const faultsAndRules: readonly (readonly [fault: string, rules: readonly string[]])[] = [
  ["token-never-accepted", ["usable-once", "refused-when-used", "refused-when-expired", "one-winner"]],
  ["missing-token-accepted", ["refused-when-missing"]],
  ["unknown-token-accepted", ["refused-when-unknown"]],
  ["token-reusable", ["refused-when-used", "one-winner"]],
  ["token-never-expires", ["refused-when-expired"]],
  ["token-opens-every-service", ["refused-at-other-service"]],
  ["token-used-up-late", ["one-winner"]],
  ["same-token-to-all", ["fresh"]],
];

describe("the lifecycle contract", { timeout: 60_000 }, () => {
  test("is kept by the simulator at both services, with nothing left unjudged", async () => {
    let minted = 0;
    const simulator = await startSimulatorProvider();
    running.push(simulator);
    const counting: LifecycleProvider = {
      ...simulator,
      mint(type) {
        minted += 1;
        return simulator.mint(type);
      },
    };
    const results = await judged(counting);
    expect(results).toHaveLength(2 * lifecycleRules.length);
    expect(results.filter(({ verdict }) => verdict.kind !== "kept")).toEqual([]);
    expect(minted).toBe(tokensNeeded);
  });

  test.each(faultsAndRules)("is seen to be broken by %s", async (fault, rules) => {
    const simulator = await startSimulatorProvider([fault]);
    running.push(simulator);
    const broken = (await judged(simulator)).filter(({ verdict }) => verdict.kind === "broken");
    expect([...new Set(broken.map(({ rule }) => rule))]).toEqual(expect.arrayContaining([...rules]));
  });

  test("has a fault for each of its rules, and a rule for each of those faults", () => {
    expect(faultsAndRules.map(([fault]) => fault).toSorted()).toEqual(
      lifecycleFaults.map(({ id }) => id).toSorted(),
    );
    expect(new Set(faultsAndRules.flatMap(([, rules]) => rules))).toEqual(
      new Set(lifecycleRules.map(({ id }) => id)),
    );
  });

  test("is not judged, and not counted as kept, on Prism, which replays examples and has no sockets", async () => {
    const prism = await startPrismMock(
      await loadContract(fileURLToPath(new URL("../../../generated/openapi.yaml", import.meta.url))),
    );
    running.push(prism);
    const results = await judged(urlProvider(prism.address, { apiKey: "k", replaysExamples: true }));
    expect(new Set(results.map(({ verdict }) => verdict.kind))).toEqual(new Set(["not-judged"]));
    expect(results).toHaveLength(2 * lifecycleRules.length);
  });

  test("does not count a clock that can't be moved as kept", async () => {
    const { passTime: _, ...simulator } = await startSimulatorProvider();
    running.push(simulator);
    const results = await judged(simulator);
    const unjudged = results.filter(({ verdict }) => verdict.kind === "not-judged");
    expect(new Set(unjudged.map(({ rule }) => rule))).toEqual(new Set(["refused-when-expired"]));
  });

  test("says where no token can be had, without the key", async () => {
    const provider = urlProvider("http://127.0.0.1:1", { apiKey: "canary" });
    await expect(judged(provider)).rejects.toThrow(expect.not.stringContaining("canary"));
  });
});
