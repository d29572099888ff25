import { defineConfig } from "vitest/config";

/**
 * The slow proofs: that the contract may change, in whole copies of the project, with every command as a user runs it; and
 * the demo and the guide, in a browser, with the provider's own library.
 */
export default defineConfig({
  test: {
    include: ["{scripts,docs}/**/*.check.ts"],
    testTimeout: 1_800_000,
    hookTimeout: 600_000,
    // Each check starts compilers of its own; side by side they would only wait for each other.
    fileParallelism: false,
  },
});
