import { defineConfig } from "vitest/config";

/**
 * The slow proofs, in files named `*.check.ts`: copies of the project with another contract, code of users that is compiled, demo and guide in a browser,
 * and commands as a user runs them. `npm run check:slow -- PART` runs those whose path has PART in it.
 */
export default defineConfig({
  test: {
    include: ["{scripts,contract-tests,docs}/**/*.check.ts"],
    testTimeout: 1_800_000,
    hookTimeout: 600_000,
    // Each check starts compilers of its own; side by side they would only wait for each other.
    fileParallelism: false,
  },
});
