import { expect, it } from "vitest";
import { readContract } from "../contract/load-contract.ts";
import { judgeExchange } from "./judge-exchange.ts";
import { run } from "./run.ts";
import type { Target } from "./target.ts";

const reference = (name: string) => ({ $ref: `#/components/schemas/${name}` });

function contractWith(schemas: object) {
  const content = { "application/json": { schema: reference("A") } };
  const operation = {
    requestBody: { required: true, content },
    responses: { 200: { description: "", content } },
  };
  const document = { openapi: "3.1.0", components: { schemas }, paths: { "/a": { post: operation } } };
  return readContract(new TextEncoder().encode(JSON.stringify(document)), "a.json");
}

it("continues if a schema refers to itself for the same value, and blames nobody", async () => {
  const contract = contractWith({ A: { oneOf: [reference("B"), { type: "string" }] }, B: reference("A") });
  const target: Target = {
    kind: "url",
    address: "http://127.0.0.1:1",
    capabilities: { isStatic: true, allowsWrites: true },
    send: async () => ({ response: { status: 400, headers: [], body: new Uint8Array(), durationMs: 1 } }),
    close: async () => undefined,
  };
  for await (const event of run({ contract, target })) {
    if (event.type !== "run-finished") continue;
    expect(event.summary.stopped).toBeUndefined();
    expect(event.summary.findings.filter(({ check }) => check.startsWith("positive"))).toEqual([]);
    expect(event.summary.notJudged.map(({ reason }) => reason).join()).toContain("refers to itself");
  }
});

it("reports values nested too deeply to check, in requests and responses", async () => {
  const contract = contractWith({ A: { type: "array", items: reference("A") } });
  const body = new TextEncoder().encode("[".repeat(100_000) + "]".repeat(100_000));
  const headers = [["content-type", "application/json"]] as const;
  const { findings, notJudged, operation } = await judgeExchange(contract, {
    request: { method: "POST", path: "/a", headers, body },
    response: { status: 200, headers, body, durationMs: 1 },
  });
  expect([operation, findings]).toEqual(["POST /a", []]);
  expect(notJudged.filter(({ reason }) => /nested too deeply/.test(reason))).toHaveLength(2);
});
