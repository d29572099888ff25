import { expect, it } from "vitest";
import { readContract } from "../contract/load-contract.ts";
import { ownHeaders } from "./own-headers.ts";
import { UsageError } from "./usage-error.ts";

const document = {
  openapi: "3.1.0",
  paths: { "/a": { get: { responses: {} } } },
  components: { securitySchemes: { key: { type: "apiKey", in: "header", name: "xi-api-key" } } },
};
const contract = readContract(new TextEncoder().encode(JSON.stringify(document)), "a.json");

it("refuses a key that no header can hold, without showing it", () => {
  const broken = () => ownHeaders([], contract, { ELEVENLABS_API_KEY: "k\u6f22y-0123456789" });
  expect(broken).toThrow(UsageError);
  expect(broken).toThrow(/^The value of the header xi-api-key can't be sent: (?!.*0123)/);
});

it("hands on what can be sent, an empty value and Latin-1 too", () => {
  expect(ownHeaders([["x-a", ""]], contract, { ELEVENLABS_API_KEY: " k\u00e9y-1 " })).toEqual([
    ["x-a", ""],
    ["xi-api-key", "k\u00e9y-1"],
  ]);
});
