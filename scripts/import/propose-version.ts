import type { Bump } from "../spec-diff/change.ts";

/**
 * The version that a release with such a change would have. Below 1.0.0 the middle number stands for breaking changes
 * and the last one for all others, as npm's caret ranges read it.
 */
export function proposeVersion(version: string, bump: Bump): string {
  const [major = 0, minor = 0, patch = 0] = version.split(/[.+-]/).map(Number);
  if (bump === "major") return major === 0 ? `0.${minor + 1}.0` : `${major + 1}.0.0`;
  if (bump === "minor" && major > 0) return `${major}.${minor + 1}.0`;
  return `${major}.${minor}.${patch + 1}`;
}
