import { expect, it } from "vitest";
import { readContract } from "../contract/load-contract.ts";
import { documentedServers } from "./recorded-servers.ts";

function servers(url: string, names: readonly string[]) {
  const variables = Object.fromEntries(names.map((name) => [name, { default: "x" }]));
  const paths = { "/things": { get: { responses: { 200: { description: "ok" } } } } };
  const info = { title: "Servers", version: "1" };
  const document = { openapi: "3.1.0", info, servers: [{ url, variables }], paths };
  return documentedServers(readContract(Buffer.from(JSON.stringify(document)), "servers.json"));
}

it.each([
  ["https://{tenant}.example/{stage}", "/live/things/1", ["/things/1"]],
  ["https://api.example/v{n}/{stage}", "/v2/live/things", ["/things"]],
  ["https://api.example/v{n}", "/w2/things", []],
])("below %s, the path %s", (url, path, below) => {
  expect(servers(url, ["tenant", "stage", "n"]).below(path)).toEqual(below);
});

it("knows an origin by any value of its variables", () => {
  const { isOrigin } = servers("https://{a}-{b}.example", ["a", "b"]);
  expect([isOrigin("https://x-y.example"), isOrigin("https://x.y.example")]).toEqual([true, false]);
});

it("judges addresses in linear time, however many variables stand side by side", () => {
  const names = Array.from({ length: 12 }, (_, index) => `n${index}`);
  const many = names.map((name) => `{${name}}a`).join("");
  const start = process.cpuUsage();
  const hostile = servers(`https://${many}.example/${many}`, names);
  expect(hostile.isOrigin(`https://${"a".repeat(8_000)}!`)).toBe(false);
  expect(hostile.below(`/${"a".repeat(8_000)}!/things`)).toEqual([]);
  expect(process.cpuUsage(start).user).toBeLessThan(2_000_000);
});
