import { describe, expect, it } from "vitest";
import { readContract } from "../contract/load-contract.ts";
import type { RunSummary } from "./events.ts";
import type { RecordedExchange } from "./recorded-exchange.ts";
import { run } from "./run.ts";

const document = {
  openapi: "3.1.0",
  info: { title: "Items", version: "1" },
  servers: [
    {
      url: "https://{place}.example/{version}",
      variables: { place: { default: "eu", enum: ["eu", "us"] }, version: { default: "v2" } },
    },
  ],
  components: { securitySchemes: { key: { type: "apiKey", in: "header", name: "x-key" } } },
  paths: {
    "/items": {
      servers: [{ url: "https://items.example/store" }],
      get: {
        security: [{ key: [] }],
        responses: {
          200: { description: "", content: { "application/json": { schema: { type: "array" } } } },
          401: { description: "" },
        },
      },
    },
  },
};

function exchange(url: string, change: { method?: string; status?: number; headers?: object } = {}) {
  const { pathname, search } = new URL(url);
  const { method = "GET", status = 200, headers = { "x-key": "k" } } = change;
  const answer: RecordedExchange = {
    place: url,
    url,
    request: { method, path: pathname + search, headers: Object.entries(headers) },
    response: {
      status,
      headers: [["content-type", "application/json"]],
      body: new Uint8Array(Buffer.from(status === 304 ? "" : "[]")),
      durationMs: 1,
    },
    gaps: [],
  };
  return answer;
}

async function judged(...exchanges: readonly RecordedExchange[]): Promise<RunSummary> {
  const contract = readContract(new TextEncoder().encode(JSON.stringify(document)), "items.json");
  for await (const event of run({ contract, recording: { file: "t.har", exchanges } }))
    if (event.type === "run-finished") return event.summary;
  throw new Error("the run has no end");
}

const reasons = ({ notJudged }: RunSummary) => notJudged.map(({ reason }) => reason).join("\n");
const ids = ({ findings }: RunSummary) => findings.map(({ id }) => id);

describe("recorded traffic", () => {
  it.each(["https://eu.example/v2", "https://us.example/v2", "https://items.example/store"])(
    "is found behind every documented server: %s",
    async (address) => {
      const summary = await judged(exchange(`${address}/items`));
      expect(summary.verdict).toBe("conforms");
      expect(summary.counts.length).toBeGreaterThan(0);
    },
  );

  it("to servers that the contract doesn't name is left out and told, unless there is no other", async () => {
    const stranger = exchange("https://tracker.example/items", { status: 500 });
    const both = await judged(exchange("https://eu.example/v2/items"), stranger);
    expect(ids(both)).toEqual([]);
    expect(reasons(both)).toMatch(
      /1 of 2 recorded requests went to servers .* https:\/\/tracker\.example(\n|$)/,
    );
    expect(ids(await judged(stranger)).join()).toMatch(/not-a-server-error/);
  });

  it("blames no server for preflights, HEAD beside GET, OPTIONS and answers from a cache", async () => {
    const url = "https://eu.example/v2/items";
    const preflight = { origin: "https://app.example", "access-control-request-method": "GET" };
    const summary = await judged(
      exchange(url),
      exchange(url, { method: "OPTIONS", status: 204, headers: preflight }),
      exchange(url, { method: "OPTIONS" }),
      exchange(url, { method: "HEAD" }),
      exchange(url, { status: 304, headers: { "x-key": "k", "if-none-match": '"a"' } }),
    );
    expect(ids(summary)).toEqual([]);
    for (const told of [/1 .* preflights/, /1 .* OPTIONS/, /1 .* HEAD/, /1 .* 304/])
      expect(reasons(summary)).toMatch(told);
  });

  it("still blames a server that answers another undocumented method", async () => {
    const summary = await judged(exchange("https://eu.example/v2/items", { method: "DELETE" }));
    expect(ids(summary).join()).toMatch(/unsupported-method/);
  });

  it("without any credential has lost them; with some, a request without one was let in", async () => {
    const url = "https://eu.example/v2/items";
    const bare = exchange(url, { headers: {} });
    const stripped = await judged(bare, bare, bare);
    expect(ids(stripped)).toEqual([]);
    expect(reasons(stripped)).toMatch(/no recorded request has a credential/);
    const mixed = await judged(exchange(url), exchange(url, { headers: {} }));
    expect(ids(mixed).join()).toMatch(/ignored-auth/);
    // One answer to a request without a credential is what it looks like.
    expect(ids(await judged(bare)).join()).toMatch(/ignored-auth/);
  });
});
