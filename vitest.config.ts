import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{src,scripts,contract-tests}/**/*.test.ts"],
    testTimeout: 15_000,
    sequence: { shuffle: true },
  },
});
