import { expect, test } from "vitest";
import type { Change, ContractDiff } from "../spec-diff/change.ts";
import { refreshReport } from "./refresh-report.ts";

const passed = {
  name: "generate",
  command: "npm run generate",
  exitCode: 0,
  output: "wrote generated/openapi.yaml\n",
};
const failed = {
  name: "type check",
  command: "npm run typecheck",
  exitCode: 1,
  output: "src/a.ts(1,1): error\n",
};

test("says that all passes", () => {
  const report = refreshReport(undefined, [passed], []);
  expect(report).toContain("Everything below passes");
  expect(report).toContain("passed: generate");
});

test("names what failed first, and the overlays to fix", () => {
  const report = refreshReport(undefined, [passed, failed], ["spec/overlays/x.yaml:4: gone."]);
  expect(report.split("\n")[0]).toMatch(/Not ready to merge.*type check failed/);
  expect(report).toContain("- spec/overlays/x.yaml:4: gone.");
  expect(report).toContain("failed (exit 1): type check");
});

test("keeps the last lines of a long output, and no output can end its block", () => {
  const output = `${Array.from({ length: 100 }, (_, index) => `line ${index}`).join("\n")}\n\`\`\`\n`;
  const report = refreshReport(undefined, [{ ...passed, output }], []);
  expect(report).toContain("… 41 lines before");
  expect(report).toContain("line 99");
  expect(report).not.toContain("line 40\n");
  expect(report.match(/```/g)).toHaveLength(2);
});

test("fits in a pull request, whatever the page and the steps have to say", () => {
  const change: Change = {
    rule: "changed",
    bump: "major",
    message: `\`${"name ".repeat(50)}\` changed.`,
    pointer: "/paths",
    place: "page.md:1",
    operations: [],
    meaning: "Existing code breaks.",
    searched: [],
    mentions: [],
  };
  const diff: ContractDiff = {
    base: "a",
    revision: "b",
    bump: "major",
    counts: { major: 1000, minor: 0, patch: 0 },
    changes: Array.from({ length: 1000 }, () => change),
  };
  const loud = { ...failed, output: `${"x".repeat(2_000)}\n`.repeat(100) };
  const stale = Array.from({ length: 1000 }, (_, index) => `spec/overlays/${index}.yaml: gone.`);
  const report = refreshReport(diff, [loud, loud, loud], stale);
  expect(report.length).toBeLessThan(65_536);
  expect(report.match(/more than a pull request can hold/g)).toHaveLength(2);
  expect(report.match(/failed \(exit 1\): type check/g)).toHaveLength(3);
});
