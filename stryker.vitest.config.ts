import { defineConfig } from "vitest/config";

/** The client's own tests. The one file that starts processes and waits for seconds would only slow each mutant. */
export default defineConfig({
  test: {
    include: ["src/**/*.test.ts"],
    exclude: ["src/token-endpoint/**", "src/nothing-left-behind.test.ts"],
    testTimeout: 15_000,
  },
});
