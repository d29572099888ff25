import { expect, it } from "vitest";
import { readContract } from "../contract/load-contract.ts";
import { variations } from "./deviations.ts";
import { Oracle } from "./oracle.ts";
import { validValue } from "./valid-value.ts";

function variationsOf(schema: object) {
  const document = {
    openapi: "3.1.0",
    paths: { "/a": { get: { responses: {} } } },
    components: { schemas: { It: schema } },
  };
  const contract = readContract(new TextEncoder().encode(JSON.stringify(document)), "a.json");
  const oracle = new Oracle(contract);
  const pointer = "/components/schemas/It";
  const base = validValue(oracle, pointer, { optional: true });
  return variations(oracle, pointer, base?.value).map(({ path, kind }) => `/${path.join("/")} ${kind}`);
}

it("reaches what is beside and below a recursive schema", () => {
  const itself = { $ref: "#/components/schemas/It" };
  const properties = {
    parent: { anyOf: [itself, { type: "null" }] },
    ...Object.fromEntries(
      [..."abcdefgh"].map((name) => [name, { type: "string", minLength: 2, maxLength: 9 }]),
    ),
    children: { type: "array", items: itself },
    last: { type: "integer", maximum: 5 },
  };
  const kinds = variationsOf({ type: "object", required: ["last"], properties });
  expect(kinds).toContain("/last above maximum");
  expect(kinds).toContain("/children/0/last above maximum");
  expect(kinds).toContain("/children/0/h longer than maxLength");
});

it("fills every length with letters beyond ASCII, counted as characters", () => {
  expect(variationsOf({ type: "string", maxLength: 5 })).toContain("/ letters beyond ASCII");
});

it("meets a pattern and a length together", () => {
  const kinds = variationsOf({ type: "string", pattern: "^[a-z]+$", minLength: 3, maxLength: 8 });
  expect(kinds).toEqual(
    expect.arrayContaining(["/ at maxLength", "/ longer than maxLength", "/ shorter than minLength"]),
  );
});
