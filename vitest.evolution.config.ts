import { defineConfig } from "vitest/config";

/** The slow proofs that the contract may change: whole copies of the project, and every command as a user runs it. */
export default defineConfig({
  test: {
    include: ["scripts/**/*.check.ts"],
    testTimeout: 1_800_000,
    hookTimeout: 600_000,
    // Each check starts compilers of its own; side by side they would only wait for each other.
    fileParallelism: false,
  },
});
