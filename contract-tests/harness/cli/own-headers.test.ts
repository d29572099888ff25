import { expect, it } from "vitest";
import { readContract } from "../contract/load-contract.ts";
import { ownHeaders } from "./own-headers.ts";
import { UsageError } from "./usage-error.ts";

const document = {
  openapi: "3.1.0",
  paths: { "/a": { get: { responses: {} } } },
  components: { securitySchemes: { key: { type: "apiKey", in: "header", name: "x-service-key" } } },
};
const variables = [{ variable: "SERVICE_KEY", header: "x-service-key" }];
const contract = readContract(new TextEncoder().encode(JSON.stringify(document)), "a.json");

it("refuses a key that no header can hold, without showing it", () => {
  const broken = () => ownHeaders([], contract, variables, { SERVICE_KEY: "k\u6f22y-0123456789" });
  expect(broken).toThrow(UsageError);
  expect(broken).toThrow(/^The value of the header x-service-key can't be sent: (?!.*0123)/);
});

it("hands on what can be sent, an empty value and Latin-1 too", () => {
  expect(ownHeaders([["x-a", ""]], contract, variables, { SERVICE_KEY: " k\u00e9y-1 " })).toEqual([
    ["x-a", ""],
    ["x-service-key", "k\u00e9y-1"],
  ]);
});
