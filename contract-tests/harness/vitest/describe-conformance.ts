import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Finding } from "../checks/finding.ts";
import { checks as allChecks } from "../checks/registry.ts";
import type { Contract } from "../contract/contract.ts";
import { loadContract } from "../contract/load-contract.ts";
import { assertOptions, type OptionKinds } from "../http/assert-options.ts";
import { UserError } from "../http/user-error.ts";
import type { Redactor } from "../redaction/redact.ts";
import { redactorFor } from "../redaction/redactor-for.ts";
import { chooseOperations } from "../run/choose-operations.ts";
import type { ClientCall } from "../run/client-call.ts";
import type { RunEvent } from "../run/events.ts";
import { run } from "../run/run.ts";
import { credentialsIn, type RunOptions, runOptionKinds } from "../run/run-options.ts";
import type { Target } from "../run/target.ts";
import { openTarget } from "../targets/open-target.ts";
import { FollowedRun } from "./followed-run.ts";

export interface ConformanceSuiteOptions
  extends Omit<RunOptions, "contract" | "target" | "client" | "signal"> {
  /** The file of the OpenAPI document. */
  readonly spec: string;
  /** Base URL of the server to judge; a function is called before the first request, when the server runs. Default: a Prism mock of the document. */
  readonly target?: string | (() => string | Promise<string>);
  /** Calls of a client to judge as well; a function is given the contract. */
  readonly client?: readonly ClientCall[] | ((contract: Contract) => readonly ClientCall[]);
}

const { contract: _, target: __, client: ___, signal: ____, ...ofRun } = runOptionKinds;
const suiteOptionKinds: OptionKinds<ConformanceSuiteOptions> = {
  ...ofRun,
  spec: "text",
  target: "text or function",
  client: "list or function",
};

/** From this many operations on, there is one test per operation instead of one per check. */
const manyOperations = 60;

/**
 * Makes a run into a Vitest suite: one test per operation and check (a skipped one says why nothing was judged), and one
 * per client call. Call it at the top level of a test file.
 */
export function describeConformance(options: ConformanceSuiteOptions): void {
  assertOptions("describeConformance", options, suiteOptionKinds);
  if (options.spec === undefined)
    throw new UserError("describeConformance needs spec: the OpenAPI document's file.");
  const { spec, target: given, client, ...runOptions } = options;
  describe(`conformance to ${spec}`, { timeout: 0 }, async () => {
    const contract = await loadContract(spec);
    const calls = typeof client === "function" ? client(contract) : client;
    const judged = new FollowedRun();
    const stop = new AbortController();
    let target: Target | undefined;
    let followed: Promise<void> = Promise.resolve();

    beforeAll(async () => {
      const url = typeof given === "function" ? await given() : given;
      target = await openTarget({ ...(url === undefined ? {} : { url }), contract });
      const events = run({
        ...runOptions,
        contract,
        target,
        signal: stop.signal,
        ...(calls ? { client: calls } : {}),
      });
      const redactor = redactorFor(contract, runOptions.headers ?? []);
      for (const secret of credentialsIn(runOptions).values()) redactor.learn(secret);
      followed = judged.follow(redacted(events, redactor));
    }, 0);

    afterAll(async () => {
      stop.abort();
      await followed;
      await target?.close();
    });

    if (calls) describeCalls(calls, judged);
    const operations = chooseOperations(contract, runOptions).operations.map(({ id }) => id);
    if (operations.length < manyOperations) {
      const ids = (runOptions.checks ?? allChecks).map(({ id }) => id);
      describe.each(operations)("%s", (operation) => describeChecks(ids, operation, judged));
    } else
      it.each(operations)("%s", async (operation) =>
        expectNoErrors((await judged.operation(operation)).findings),
      );

    it("has judged something", async () => {
      const { verdict, stopped } = await judged.finished();
      expect(verdict).not.toBe("judged-nothing");
      expect(
        stopped?.by === "target" || stopped?.by === "failure" ? stopped.reason : undefined,
      ).toBeUndefined();
    });
  });
}

/** What a failing test prints must contain no secret. */
async function* redacted(events: AsyncIterable<RunEvent>, redactor: Redactor): AsyncGenerator<RunEvent> {
  for await (const event of events) yield redactor.event(event);
}

function describeChecks(ids: readonly string[], operation: string, judged: FollowedRun): void {
  it.for(ids)("%s", async (check, { skip }) => {
    const { findings, counts, notJudged } = await judged.operation(operation);
    if (!counts.some((count) => count.check === check))
      skip(
        notJudged.find((item) => item.check === check)?.reason ?? "nothing in this contract for this check",
      );
    expectNoErrors(findings.filter((finding) => finding.check === check));
    expect(counts.filter((count) => count.check === check && count.failed > 0)).toEqual([]);
  });
}

function describeCalls(calls: readonly ClientCall[], judged: FollowedRun): void {
  describe("client", () => {
    it.each(calls.map(({ what }) => what))("%s", async (what) => {
      expectNoErrors(await judged.call(what));
    });
  });
}

function expectNoErrors(findings: readonly Finding[]): void {
  const errors = findings.filter(({ severity }) => severity === "error");
  expect(errors.map(({ id, message, expected, actual }) => ({ id, message, expected, actual }))).toEqual([]);
}
