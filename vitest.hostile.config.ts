import { mergeConfig } from "vitest/config";
import usual from "./vitest.config.ts";

/** The attacks that are too slow for `npm test`, beside those that are part of it: for `npm run check:hostile`. */
export default mergeConfig(usual, {
  test: {
    include: ["contract-tests/self-test/hostile/*.attack.ts"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
