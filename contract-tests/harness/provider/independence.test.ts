import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { createValueJudge } from "./value-judge.ts";

const folder = new URL(".", import.meta.url);

it("shares with the harness the reader of documents alone, and no validator", () => {
  const imports = readdirSync(folder)
    .filter((file) => !file.endsWith(".test.ts"))
    .flatMap((file) => [...readFileSync(new URL(file, folder), "utf8").matchAll(/from "([^"]+)"/g)])
    .map(([, specifier = ""]) => specifier);
  expect(
    imports.filter((specifier) => /^\.\.\//.test(specifier) && !specifier.startsWith("../contract/")),
  ).toEqual([]);
  expect(imports.filter((specifier) => /^ajv/.test(specifier))).toEqual([]);
  expect(imports.some((specifier) => specifier.startsWith("@hyperjump/json-schema/"))).toBe(true);
});

it("judges the formats of OpenAPI's registry that forbid something", async () => {
  const formats = {
    int32: [2 ** 31 - 1, 2 ** 31],
    int64: [-1, 1e19],
    uint8: [255, -1],
    byte: ["YWI=", "YWI"],
  };
  for (const [format, [valid, invalid]] of Object.entries(formats)) {
    const document = { openapi: "3.1.0", components: { schemas: { Value: { format } } } };
    const judge = await createValueJudge(document, "request", ["/components/schemas/Value"]);
    expect(judge("/components/schemas/Value", valid), format).toBeUndefined();
    expect(judge("/components/schemas/Value", invalid), format).toBeDefined();
  }
});

it("judges in the requested direction", async () => {
  const schemas = {
    Thing: {
      type: "object",
      required: ["id", "name"],
      properties: {
        id: { type: "string", format: "date-time", readOnly: true },
        name: { $ref: "#/components/schemas/Name" },
        price: { type: "number", multipleOf: 0.01 },
      },
    },
    Name: { type: "string", minLength: 2 },
  };
  const pointer = "/components/schemas/Thing";
  const document = { openapi: "3.1.0", components: { schemas } };
  const sent = await createValueJudge(document, "request", [pointer]);
  expect(sent(pointer, { name: "ab", price: 19.99 })).toBeUndefined();
  expect(sent(pointer, { name: "a" })).toContain(pointer);
  expect(sent("/components/schemas/Name", "a")).toBeDefined();
  const received = await createValueJudge(document, "response", [pointer]);
  expect(received(pointer, { name: "ab" })).toBeDefined();
  expect(received(pointer, { name: "ab", id: "no" })).toBeDefined();
  expect(received(pointer, { name: "ab", id: "2026-01-01T00:00:00Z" })).toBeUndefined();
});
