import { expect, it } from "vitest";
import { contractSecretNames } from "./contract-secret-names.ts";

it("reads the names of secrets from properties, parameters and security schemes, cycles included", () => {
  const node: Record<string, unknown> = {
    properties: {
      Pass: { type: "string", format: "password" },
      note: { type: "string", writeOnly: true },
      ticket: { "x-fresh": true },
      name: { type: "string" },
    },
  };
  node["self"] = node;
  const names = contractSecretNames({
    paths: {
      "/x": { get: { parameters: [{ name: "Pin-Code", in: "query", schema: { format: "password" } }] } },
    },
    components: {
      schemas: { node },
      securitySchemes: { key: { type: "apiKey", in: "header", name: "X-Custom" } },
    },
  });
  expect([...names].sort()).toEqual(["note", "pass", "pin-code", "ticket", "x-custom"]);
});
