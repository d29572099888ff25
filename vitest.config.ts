import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const source = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: {
    // The examples import the package by its name, as its users do; tsconfig.json has the same paths.
    alias: [
      { find: /^elevenlabs-single-use-token$/, replacement: source("src/index.ts") },
      {
        find: /^elevenlabs-single-use-token\/token-endpoint$/,
        replacement: source("src/token-endpoint/index.ts"),
      },
      {
        find: /^elevenlabs-single-use-token\/simulator$/,
        replacement: source("src/simulator/index.ts"),
      },
    ],
  },
  test: {
    include: ["{src,scripts,contract-tests,docs}/**/*.test.ts"],
    testTimeout: 15_000,
    // One fewer than there are processors is the default: of two, one would idle.
    maxWorkers: availableParallelism(),
    sequence: { shuffle: true },
  },
});
