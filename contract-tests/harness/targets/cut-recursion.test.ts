import { expect, test } from "vitest";
import { cutRecursion } from "./cut-recursion.ts";

const document = (schemas: Record<string, unknown>) => ({
  openapi: "3.1.1",
  paths: {},
  components: { schemas },
});
const to = (name: string) => ({ $ref: `#/components/schemas/${name}` });

/** `count` operators that may hold each other on both sides, as an expression's syntax tree does. */
function operators(count: number): Record<string, unknown> {
  const names = Array.from({ length: count }, (_, index) => `Operator${index}`);
  const operand = { anyOf: [{ type: "string" }, ...names.map(to)] };
  return Object.fromEntries(
    names.map((name) => [name, { type: "object", properties: { left: operand, right: operand } }]),
  );
}

test.each([
  ["nothing that refers to anything", { A: { type: "string" } }],
  [
    "a list's node",
    { Node: { properties: { next: to("Node"), value: to("Value") } }, Value: { type: "string" } },
  ],
  ["two schemas that refer to each other", { A: { properties: { b: to("B") } }, B: { items: to("A") } }],
  ["references that lead nowhere", { A: { anyOf: [to("Missing"), { $ref: "#/components/schemas/%" }] } }],
])("leaves %s as it is", (_, schemas) => {
  const given = document(schemas);
  expect(cutRecursion(given)).toEqual({ document: given, cut: [] });
});

test("takes schemas apart that refer to each other in too many ways, and leaves the others whole", () => {
  const { document: edited, cut } = cutRecursion(
    document({
      ...operators(12),
      Rule: { properties: { when: to("Operator3"), name: to("Name") } },
      Name: { type: "string" },
    }),
  );
  expect(cut).toHaveLength(12 * 12);
  expect(cut).toContain("Operator3 → Operator4");
  expect(edited["components"]).toMatchObject({
    schemas: {
      Operator3: { properties: { left: { anyOf: expect.arrayContaining([{ type: "string" }, {}]) } } },
      Rule: { properties: { when: to("Operator3"), name: to("Name") } },
    },
  });
  expect(JSON.stringify(edited["components"])).not.toContain('Operator0"}'.repeat(2));
});

test("cuts a ladder of doubled references where it becomes too wide", () => {
  const steps = Array.from({ length: 30 }, (_, index) => [
    `Step${index}`,
    index === 0 ? { type: "string" } : { allOf: [to(`Step${index - 1}`), to(`Step${index - 1}`)] },
  ]);
  const { cut } = cutRecursion(document(Object.fromEntries(steps)), 1_000);
  expect(cut.length).toBeGreaterThan(0);
  expect(cut).not.toContain("Step3 → Step2");
});

test("is quick on a long chain, a long circle and a wide group", () => {
  const row = (end: number) =>
    Array.from({ length: 3_000 }, (_, index) => [
      `N${index}`,
      index === end ? {} : { items: to(`N${(index + 1) % 3_000}`) },
    ]);
  const from = performance.now();
  expect(cutRecursion(document(Object.fromEntries(row(2_999)))).cut).toEqual([]);
  expect(cutRecursion(document(Object.fromEntries(row(-1)))).cut).toHaveLength(3_000);
  expect(cutRecursion(document(operators(100))).cut).toHaveLength(100 * 100);
  expect(performance.now() - from).toBeLessThan(5_000);
});
