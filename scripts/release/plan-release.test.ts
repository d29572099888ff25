import { expect, test } from "vitest";
import { planRelease } from "./plan-release.ts";

const changelog = (entries: string): string =>
  `# Changelog\n\n## Unreleased\n\n${entries}\n## 1.2.3 - 2026-01-01\n\n- x\n`;

test.each([
  ["a fix", "### Fixed\n\n- A crash.\n", "1.2.4", "patch"],
  ["a hole that is closed", "### Security\n\n- A leak.\n", "1.2.4", "patch"],
  ["an addition beside a fix", "### Fixed\n\n- A crash.\n\n### Added\n\n- A format.\n", "1.3.0", "minor"],
  ["an entry without a section", "- A format.\n", "1.3.0", "minor"],
  ["something removed", "### Added\n\n- A format.\n\n### Removed\n\n- An option.\n", "2.0.0", "major"],
  [
    "a breaking page",
    "### Changed\n\n- The contract (**breaking**; proposed version 2.0.0):\n",
    "2.0.0",
    "major",
  ],
  [
    "a page with a smaller change",
    "### Changed\n\n- The contract (patch; proposed version 1.2.4):\n",
    "1.2.4",
    "patch",
  ],
])("rates %s", (_, entries, version, bump) => {
  expect(planRelease(changelog(entries), "1.2.3", true, "2026-02-03")).toMatchObject({ version, bump });
});

test("puts the entries under their version and leaves an empty section", () => {
  const plan = planRelease(changelog("- A format.\n"), "1.2.3", true, "2026-02-03");
  expect(plan.changelog).toBe(
    "# Changelog\n\n## Unreleased\n\n## 1.3.0 - 2026-02-03\n\n- A format.\n\n## 1.2.3 - 2026-01-01\n\n- x\n",
  );
  expect(plan.notes).toBe("- A format.");
});

test("releases the first version as it is in package.json", () => {
  const plan = planRelease("# C\n\n## Unreleased\n\n### Removed\n\n- y\n", "0.1.0", false, "2026-02-03");
  expect([plan.version, plan.changelog]).toEqual([
    "0.1.0",
    "# C\n\n## Unreleased\n\n## 0.1.0 - 2026-02-03\n\n### Removed\n\n- y\n",
  ]);
});

test.each([
  ["no section", "# Changelog\n"],
  ["nothing new", changelog("")],
  ["a heading alone", changelog("### Added\n")],
])("refuses a changelog with %s", (_, text) => {
  expect(() => planRelease(text, "1.2.3", true, "2026-02-03")).toThrow(/^CHANGELOG\.md: /);
});
