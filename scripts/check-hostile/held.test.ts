import { expect, test } from "vitest";
import { fallenBehind, heldBy } from "./held.ts";
import { securityPage } from "./security-page.ts";

const surfaces = [
  { name: "Doors", tried: "knocking", tests: { "a.test.ts": ["knocks"], "b.test.ts": [""] } },
];
const report = (...tests: readonly [string, string][]) => ({
  testResults: [
    {
      name: "/root/a.test.ts",
      assertionResults: tests.map(([fullName, status]) => ({ fullName, status })),
    },
    { name: "/root/b.test.ts", assertionResults: [{ fullName: "rings", status: "passed" }] },
  ],
});

test("counts what was held, of the tests that count", () => {
  const [held] = heldBy(surfaces, report(["knocks twice", "passed"], ["sings", "failed"]), "/root");
  expect(held).toMatchObject({ attacks: 2, problems: [] });
});

test.each([
  [report(["knocks twice", "failed"]), "a.test.ts: knocks twice: failed"],
  [report(["knocks twice", "skipped"]), "a.test.ts: knocks twice: skipped"],
  [report(["sings", "passed"]), "a.test.ts: no such attack was run"],
])("lets nothing pass that failed, was skipped or isn't there", (given, problem) => {
  expect(heldBy(surfaces, given, "/root")[0]?.problems).toEqual([problem]);
});

test("says where the page claims more than holds", () => {
  const held = heldBy(surfaces, report(["knocks", "passed"]), "/root");
  const page = securityPage(held);
  expect(fallenBehind(page, held)).toEqual([]);
  const fewer = held.map((one) => ({ ...one, attacks: 1 }));
  expect(fallenBehind(page, fewer)).toEqual(["Doors: docs/security.md says 2, and 1 are held"]);
  expect(fallenBehind("", held)).toEqual(["Doors: docs/security.md doesn't name it"]);
});
