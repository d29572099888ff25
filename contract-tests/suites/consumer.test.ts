import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { loadContract } from "../harness/contract/load-contract.ts";
import type { Target } from "../harness/run/target.ts";
import { Oracle } from "../harness/schema/oracle.ts";
import { type RecordingProxy, startRecordingProxy } from "../harness/targets/recording-proxy.ts";
import { ConsumerBook } from "./consumer-book.ts";
import { ConsumerJudge } from "./consumer-call.ts";
import { consumerCalls } from "./consumer-calls.ts";
import { defaultSettings } from "./default-settings.ts";
import { openTarget } from "./open-target.ts";

const settings = inject("conformance") ?? defaultSettings;
const contract = await loadContract(settings.contractFile);
const oracle = new Oracle(contract);

describe(`consumer: ${contract.title}`, () => {
  let target: Target;
  let proxy: RecordingProxy;
  let judge: ConsumerJudge;
  const book = new ConsumerBook(contract, settings);
  const calls = consumerCalls(contract, oracle, () => proxy.address);

  beforeAll(async () => {
    target = await openTarget(settings);
    proxy = await startRecordingProxy(target);
    judge = new ConsumerJudge(contract, oracle, proxy);
    book.open(target, calls.length);
  });

  afterAll(async () => {
    book.close();
    await proxy?.close();
    await target?.close();
  });

  it("calls every operation of the contract", () => {
    expect(new Set(calls.map(({ operation }) => operation.id))).toEqual(
      new Set(contract.operations.map(({ id }) => id)),
    );
  });

  it.each(calls.map((call) => [call.what, call] as const))("%s", async (_what, call) => {
    const outcome = await judge.judge(call);
    book.enter(outcome);
    expect(outcome.complaints.filter(([, complaints]) => complaints.length > 0)).toEqual([]);
  });
});
