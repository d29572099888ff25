import { afterEach, describe, expect, it } from "vitest";
import type { Handler } from "../../../src/simulator/handler.ts";
import { type Served, serve } from "../../../src/simulator/serve.ts";
import { applyBaseline } from "../../harness/baseline/apply-baseline.ts";
import { readContract } from "../../harness/contract/load-contract.ts";
import type { RunSummary } from "../../harness/run/events.ts";
import type { RecordedExchange } from "../../harness/run/recorded-exchange.ts";
import { run } from "../../harness/run/run.ts";
import type { RunOptions } from "../../harness/run/run-options.ts";
import { urlTarget } from "../../harness/targets/url.ts";
import { babblingTarget } from "../babbling-target.ts";
import { roundTrip, verdictOf } from "../round-trip.ts";

const item = {
  type: "object",
  required: ["a", "b"],
  properties: { a: { type: "string" }, b: { type: "integer", minimum: 1 } },
};
const contract = readContract(
  Buffer.from(
    JSON.stringify({
      openapi: "3.1.0",
      info: { title: "Items", version: "1" },
      paths: {
        "/items": {
          post: {
            requestBody: { required: true, content: { "application/json": { schema: item } } },
            responses: {
              201: {
                description: "",
                content: { "application/json": { schema: { type: "array", items: item } } },
              },
              422: { description: "" },
              500: { description: "" },
            },
          },
        },
      },
    }),
  ),
  "items.json",
);

const json = (status: number, body: unknown) => ({
  status,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});
const read = (body: Uint8Array): unknown => {
  try {
    return JSON.parse(Buffer.from(body).toString());
  } catch {
    return undefined;
  }
};

const opened: Served[] = [];
afterEach(async () => {
  for (const served of opened.splice(0)) await served.close();
});

/** `answer` gets what was sent, when that is valid; whatever isn't is refused unless `lenient` names the missing member. */
function server(answer: (sent: { a: string; b: number }) => ReturnType<typeof json>, lenient = ""): Handler {
  return ({ method, body }) => {
    if (method !== "POST") return json(405, {});
    const sent = read(body) as { a?: unknown; b?: unknown } | undefined; // taken apart at once
    const { a, b } = sent ?? {};
    const isFine = (name: string, fits: boolean, value: unknown) =>
      fits || (name === lenient && value === undefined);
    const isInteger = typeof b === "number" && Number.isInteger(b) && b >= 1;
    const isObject = typeof sent === "object" && sent !== null && !Array.isArray(sent);
    if (!isObject || !isFine("a", typeof a === "string", a) || !isFine("b", isInteger, b))
      return json(422, {});
    return answer({ a: String(a), b: Number(b) });
  };
}

async function judge(handler: Handler, options: Partial<RunOptions> = {}) {
  const served = await serve(handler);
  opened.push(served);
  const target = urlTarget(served.address);
  const exchanges: RecordedExchange[] = [];
  for await (const event of run({ contract, target, fuzzRuns: 3, repeats: 0, ...options })) {
    if (event.type === "exchange" && event.exchange.response) {
      const { case: testCase, response } = event.exchange;
      const url = served.address + testCase.request.path;
      exchanges.push({ place: url, url, request: testCase.request, response, gaps: [] });
    }
    if (event.type === "run-finished") return { summary: event.summary, exchanges };
  }
  throw new Error("the run has no end");
}

const ids = ({ findings }: RunSummary) => findings.map(({ id }) => id).sort();

/** Without what only a recording can tell: the undocumented methods that were asked for. */
async function recordedIds(exchanges: readonly RecordedExchange[]): Promise<readonly string[]> {
  for await (const event of run({ contract, recording: { file: "t.har", exchanges } }))
    if (event.type === "run-finished")
      return ids(event.summary).filter((id) => !id.startsWith("undocumented-operation"));
  throw new Error("the run has no end");
}

describe("a finding's id", () => {
  it("distinguishes missing members of a response, in a list of any length", async () => {
    const without = (name: "a" | "b") =>
      judge(server((sent) => json(201, [sent, sent, { ...sent, [name]: undefined }])));
    const [a, b] = [await without("a"), await without("b")];
    expect(ids(a.summary)).toHaveLength(1);
    expect(ids(a.summary)[0]).toMatch(
      /^response-schema-conformance \| POST \/items \| .* \| required \| \/a$/,
    );
    const known = { id: ids(a.summary)[0] ?? "", reason: "r", expires: "2099-01-01" };
    expect(applyBaseline(a.summary.findings, [known], { today: "2026-01-01" }).known).toBe(1);
    expect(applyBaseline(b.summary.findings, [known], { today: "2026-01-01" }).known).toBe(0);
  });

  it("distinguishes missing members of a request", async () => {
    const lenient = (name: "a" | "b") => judge(server(() => json(201, []), name));
    const [a, b] = [ids((await lenient("a")).summary), ids((await lenient("b")).summary)];
    expect(a).toEqual([expect.stringMatching(/^negative-data-rejection .* \| accepted \| \/a$/)]);
    expect(b).toEqual([expect.stringMatching(/^negative-data-rejection .* \| accepted \| \/b$/)]);
  });

  it("is the same for every seed, and for the traffic as somebody else would have recorded it", async () => {
    const broken = server((sent) => json(201, [{ a: 1 }, { ...sent, b: 0 }]), "b");
    const first = await judge(broken, { seed: 1 });
    expect(ids(first.summary).length).toBeGreaterThan(3);
    expect(ids((await judge(broken, { seed: 99 })).summary)).toEqual(ids(first.summary));
    expect(await recordedIds(first.exchanges)).toEqual(ids(first.summary));
  });

  it("never merges one valid request refused with all of them refused", async () => {
    const some = await judge(server((sent) => (sent.b === 1 ? json(422, {}) : json(201, [sent]))));
    const all = await judge(server(() => json(422, {})));
    expect(ids(some.summary)).toEqual([expect.stringMatching(/^positive-data-acceptance .* \| refused$/)]);
    expect(ids(all.summary)).toEqual([
      expect.stringMatching(/^positive-data-acceptance .* \| refused \| never-accepted$/),
    ]);
    expect(await recordedIds(all.exchanges)).toEqual(ids(all.summary));
  });

  it("nor a server that fails at one of them with one that fails at all", async () => {
    const some = await judge(server((sent) => (sent.b === 1 ? json(500, {}) : json(201, [sent]))));
    const all = await judge(server(() => json(500, {})));
    expect(ids(some.summary)).toEqual([expect.stringMatching(/^not-a-server-error .* \| status-500$/)]);
    expect(ids(all.summary)).toEqual([expect.stringMatching(/ \| status-500 \| never-accepted$/)]);
  });
});

it("is the same in the run's own recording, secrets taken out", async () => {
  const limits = { fuzzRuns: 1, repeats: 1 };
  const { live, recorded } = await roundTrip(contract, babblingTarget(contract), limits);
  expect(live.findings.length).toBeGreaterThan(5);
  expect(verdictOf(recorded)).toEqual(verdictOf(live));
});
