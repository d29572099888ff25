import { expect, it } from "vitest";
import { joinedSchemas } from "./joined-schemas.ts";

it("joins the branches of allOf, those that are referred to as well", () => {
  const document = {
    components: {
      schemas: {
        Pet: { allOf: [{ $ref: "#/components/schemas/Named" }, { required: ["id"] }] },
        Named: { required: ["name"], properties: { name: { type: "string" } } },
      },
    },
  };
  expect(joinedSchemas(document)).toMatchObject({
    components: {
      schemas: { Pet: { required: ["name", "id"], properties: { name: { type: "string" } } } },
    },
  });
});

it("ends with branches that hold themselves, and with ever more of them on each level", () => {
  const levels = Array.from({ length: 60 }, (_, level) => [
    `L${level}`,
    { allOf: Array(9).fill({ $ref: `#/components/schemas/L${(level + 1) % 60}` }) },
  ]);
  const document = { components: { schemas: Object.fromEntries(levels) } };
  expect(Object.keys(joinedSchemas(document))).toEqual(["components"]);
});
