import { afterEach, describe, expect, test } from "vitest";
import { lifecycleFaults } from "../simulator/lifecycle-faults.ts";
import { serve } from "../simulator/serve.ts";
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

describe("the lifecycle contract", () => {
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

  test.each<[fault: string, rules: string[]]>([
    ["token-never-accepted", ["usable-once", "refused-when-used", "refused-when-expired", "one-winner"]],
    ["unknown-token-accepted", ["refused-when-unknown"]],
    ["token-reusable", ["refused-when-used", "one-winner"]],
    ["token-never-expires", ["refused-when-expired"]],
    ["token-opens-every-service", ["refused-at-other-service"]],
    ["token-used-up-late", ["one-winner"]],
    ["same-token-to-all", ["fresh"]],
  ])("is seen to be broken by %s", async (fault, rules) => {
    const simulator = await startSimulatorProvider([fault]);
    running.push(simulator);
    const broken = (await judged(simulator)).filter(({ verdict }) => verdict.kind === "broken");
    expect([...new Set(broken.map(({ rule }) => rule))]).toEqual(expect.arrayContaining(rules));
  });

  test("has a fault for each of its rules, and a rule for each of those faults", async () => {
    const ids = lifecycleFaults.map(({ id }) => id);
    const broken = await Promise.all(
      ids.map(async (id) => {
        const simulator = await startSimulatorProvider([id]);
        running.push(simulator);
        const results = await judged(simulator);
        return results.filter(({ verdict }) => verdict.kind === "broken").map(({ rule }) => rule);
      }),
    );
    expect(ids.filter((_, index) => broken[index]?.length === 0)).toEqual([]);
    expect(new Set(broken.flat())).toEqual(new Set(lifecycleRules.map(({ id }) => id)));
  });

  test("is not judged, and not counted as kept, on a mock that replays examples and has no sockets", async () => {
    const mock = await serve(({ method }) =>
      method === "POST"
        ? {
            status: 200,
            headers: { "content-type": "application/json" },
            body: '{"token":"sutkn_1234567890"}',
          }
        : { status: 404, headers: {}, body: "" },
    );
    running.push(mock);
    const results = await judged(urlProvider(mock.address, { apiKey: "k", replaysExamples: true }));
    expect(new Set(results.map(({ verdict }) => verdict.kind))).toEqual(new Set(["not-judged"]));
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
