import { expect, test } from "vitest";
import { proposeVersion } from "./propose-version.ts";

test.each([
  ["1.2.3", "major", "2.0.0"],
  ["1.2.3", "minor", "1.3.0"],
  ["1.2.3", "patch", "1.2.4"],
  ["0.1.0", "major", "0.2.0"],
  ["0.1.0", "minor", "0.1.1"],
  ["0.1.0-beta.1", "patch", "0.1.1"],
] as const)("%s with a %s change becomes %s", (version, bump, proposed) => {
  expect(proposeVersion(version, bump)).toBe(proposed);
});
