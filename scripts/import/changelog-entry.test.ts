import { expect, test } from "vitest";
import type { ContractDiff } from "../spec-diff/change.ts";
import { addChangelogEntry } from "./changelog-entry.ts";

const diff: ContractDiff = {
  base: "a",
  revision: "b",
  bump: "major",
  counts: { major: 1, minor: 0, patch: 0 },
  changes: [
    {
      rule: "path-removed",
      bump: "major",
      message: "Path `/a` was removed.",
      pointer: "/paths/~1a",
      place: "a:1",
      operations: [],
      meaning: "Every call to it fails.",
      searched: [],
      mentions: [],
    },
  ],
};
const entry =
  "- The contract as documented on 2026-01-02 (**breaking**; proposed version 2.0.0):\n  - Path `/a` was removed. Every call to it fails.\n";

test.each([
  ["no changelog yet", "", `# Changelog\n\n## Unreleased\n\n### Changed\n\n${entry}`],
  ["an empty section", "# C\n\n## Unreleased\n", `# C\n\n## Unreleased\n\n### Changed\n\n${entry}`],
  [
    "entries of no section before",
    "# C\n\n## Unreleased\n\n- x\n",
    `# C\n\n## Unreleased\n\n- x\n\n### Changed\n\n${entry}`,
  ],
  [
    "changes before, the newest first",
    "# C\n\n## Unreleased\n\n### Added\n\n- a\n\n### Changed\n\n- c\n\n### Fixed\n\n- f\n",
    `# C\n\n## Unreleased\n\n### Added\n\n- a\n\n### Changed\n\n${entry}- c\n\n### Fixed\n\n- f\n`,
  ],
  [
    "a section of changes without an entry",
    "# C\n\n## Unreleased\n\n### Changed\n\n### Fixed\n\n- f\n",
    `# C\n\n## Unreleased\n\n### Changed\n\n${entry}\n### Fixed\n\n- f\n`,
  ],
  [
    "a section that is empty before a version",
    "# C\n\n## Unreleased\n\n## 1.0.0\n\n- x\n",
    `# C\n\n## Unreleased\n\n### Changed\n\n${entry}\n## 1.0.0\n\n- x\n`,
  ],
  [
    "no such section",
    "# C\n\n## 1.0.0\n\n- x\n",
    `# C\n\n## Unreleased\n\n### Changed\n\n${entry}\n## 1.0.0\n\n- x\n`,
  ],
])("adds the entry to %s", (_, before, after) => {
  expect(addChangelogEntry(before, diff, "2026-01-02", "2.0.0")).toBe(after);
});

test("the provider's words are no markup, call nobody and break no line", () => {
  const [change] = diff.changes;
  if (change === undefined) throw new Error("the diff has a change");
  const message = "`a` became <img src=x> [b](javascript:c) @everyone #1 *d* _e_\n## f \u200eg";
  const entry = addChangelogEntry("", { ...diff, changes: [{ ...change, message }] }, "2026-01-02", "2.0.0");
  expect(entry).toContain(
    "  - `a` became \\<img src=x\\> \\[b\\](javascript:c) @<!-- -->everyone #<!-- -->1 \\*d\\* \\_e\\_\\\\n#<!-- -->#<!-- --> f \\\\u200eg Every",
  );
});
