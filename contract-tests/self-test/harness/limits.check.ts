import { expect, it } from "vitest";
import { serve } from "../../../src/simulator/serve.ts";
import { checks } from "../../harness/checks/registry.ts";
import { loadContract, readContract } from "../../harness/contract/load-contract.ts";
import type { ClientCall } from "../../harness/run/client-call.ts";
import { countRequests } from "../../harness/run/count-requests.ts";
import type { RunEvent } from "../../harness/run/events.ts";
import { run } from "../../harness/run/run.ts";
import type { RunOptions } from "../../harness/run/run-options.ts";
import type { Target } from "../../harness/run/target.ts";
import { urlTarget } from "../../harness/targets/url.ts";
import { notesFile, notesProvider } from "../notes-provider.ts";

const capabilities = { isStatic: false, allowsWrites: true };

/** A target of no network that answers every request alike. */
function answering(status: number, sent: { count: number } = { count: 0 }): Target {
  return {
    kind: "url",
    address: "http://127.0.0.1:1",
    capabilities,
    send: async () => {
      sent.count++;
      return { response: { status, headers: [], body: new Uint8Array(), durationMs: 1 } };
    },
    close: async () => undefined,
  };
}

function many(operations: number) {
  const paths = Array.from({ length: operations }, (_, index) => [
    `/things/${index}`,
    {
      get: {
        parameters: [{ name: "n", in: "query", schema: { type: "integer", minimum: index } }],
        responses: {
          200: { description: "", content: { "application/json": { schema: { type: "object" } } } },
        },
      },
    },
  ]);
  const document = { openapi: "3.1.0", info: { title: "t", version: "1" }, paths: Object.fromEntries(paths) };
  return readContract(Buffer.from(JSON.stringify(document)), "many.json");
}

async function eventsOf(options: RunOptions): Promise<readonly RunEvent[]> {
  const events: RunEvent[] = [];
  for await (const event of run(options)) events.push(event);
  return events;
}

function summaryOf(events: readonly RunEvent[]) {
  const last = events.at(-1);
  if (last?.type !== "run-finished") throw new Error("the run has no end");
  return last;
}

it.each([1, 20, 21, 60])(
  "says in the header what a run of %i operations is about to do",
  async (operations) => {
    const events = await eventsOf({ contract: many(operations), target: answering(404), fuzzRuns: 0 });
    const [first] = events;
    const planned = events.reduce(
      (sum, event) => sum + (event.type === "operation-started" ? event.cases : 0),
      0,
    );
    expect(planned).toBeGreaterThan(operations);
    expect(first?.type === "run-started" && first.header).toMatchObject({
      operations,
      casesPlanned: planned,
      schemasCompiled: operations * 2,
      schemasTotal: operations * 2,
    });
    expect(summaryOf(events).header).toMatchObject({ casesPlanned: planned, schemasTotal: operations * 2 });
  },
);

it.each([1, 7, 40, 400])(
  "sends no more than %i requests, confirmations and shrinking counted",
  async (maxRequests) => {
    const sent = { count: 0 };
    const target = answering(500, sent);
    const events = await eventsOf({
      contract: many(3),
      target,
      maxRequests,
      fuzzRuns: 50,
      wait: async () => undefined,
    });
    expect(sent.count).toBeLessThanOrEqual(maxRequests);
    expect(summaryOf(events).summary.requestsSent).toBe(sent.count);
    if (maxRequests < 50) expect(sent.count).toBe(maxRequests);
  },
);

it("counts a client's calls among them", async () => {
  const sent = { count: 0 };
  const call = async (address: string) => {
    await fetch(`${address}/things/0`);
    return fetch(`${address}/things/0`);
  };
  const client: ClientCall[] = ["a", "b", "c"].map((what) => ({
    what,
    operation: "GET /things/0",
    status: 200,
    call,
  }));
  const options = { contract: many(1), target: answering(200, sent), client, maxRequests: 4 };
  const { summary } = summaryOf(await eventsOf(options));
  expect([sent.count, summary.requestsSent]).toEqual([4, 4]);
  expect(summary.notJudged.map(({ reason }) => reason)).toContain(
    "the maximum number of requests was sent (--max-requests)",
  );
});

it.each<[string, boolean, Partial<RunOptions>]>([
  ["that it may write to", true, {}],
  ["that it may only read", false, {}],
  ["without sequences", true, { phases: ["fuzzing"] }],
])(
  "counts in a plan what is sent to a conforming server %s, sequences included",
  async (_what, allowsWrites, more) => {
    const contract = await loadContract(notesFile);
    const options = { contract, checks, fuzzRuns: 2, maxCases: 20, ...more };
    const counts = await countRequests(options, { ...capabilities, allowsWrites });
    const sent = new Map<string, number>();
    const provider = notesProvider(contract);
    const served = await serve((request) => {
      sent.set(request.method, (sent.get(request.method) ?? 0) + 1);
      return provider(request);
    });
    const target = urlTarget(served.address, { capabilities: { ...capabilities, allowsWrites } });
    const { summary } = summaryOf(await eventsOf({ ...options, target }));
    await target.close();
    await served.close();
    const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
    expect(summary.requestsSent).toBeLessThanOrEqual(total);
    expect(total).toBeLessThan(summary.requestsSent * 1.3);
    expect([...counts.keys()].sort()).toEqual([...sent.keys()].sort());
  },
);

it("judges no operation by a mock that doesn't know its method, and says so", async () => {
  const operation = { responses: { 200: { description: "" } } };
  const paths = { "/a": { query: operation, get: operation, additionalOperations: { COPY: operation } } };
  const document = { openapi: "3.2.0", info: { title: "t", version: "1" }, paths };
  const contract = readContract(Buffer.from(JSON.stringify(document)), "t.json");
  const asked: string[] = [];
  const mock = (methods?: ReadonlySet<string>): Target => ({
    ...answering(200),
    capabilities: { isStatic: true, allowsWrites: true, ...(methods ? { methods } : {}) },
    send: async ({ method }) => {
      asked.push(method);
      const status = ["GET", "QUERY", "COPY"].includes(method) ? 200 : 405;
      return { response: { status, headers: [], body: new Uint8Array(), durationMs: 1 } };
    },
  });
  const { summary } = summaryOf(await eventsOf({ contract, target: mock(new Set(["GET"])) }));
  expect(summary.verdict).toBe("conforms");
  expect(asked).not.toContain("QUERY");
  for (const method of ["QUERY", "COPY"])
    expect(summary.notJudged).toContainEqual({
      operation: `${method} /a`,
      reason: `the mock doesn't support the method ${method}: judge a server that does with --target`,
    });
  await eventsOf({ contract, target: mock() });
  expect(asked).toEqual(expect.arrayContaining(["QUERY", "COPY"]));
});
