import { expect, test } from "vitest";
import { checkApiKey } from "./check-api-key.ts";

test.each(["k", "sk_0123456789abcdef", "!~"])("takes the key %j", (key) => {
  expect(checkApiKey(key)).toBe(key);
});

test.each([undefined, null, ""])("says that %j isn't a key", (key) => {
  expect(() => checkApiKey(key)).toThrow(
    expect.objectContaining({
      code: "invalid_configuration",
      message: "The API key is missing: set apiKey or ELEVENLABS_API_KEY.",
    }),
  );
});

test.each(["canary key", "canary\n", "\tcanary", "canáry", "canary\u0000", "canary\u007f", 5, { canary: 1 }])(
  "says that %j is malformed, without showing it",
  (key) => {
    expect(() => checkApiKey(key)).toThrow(
      expect.objectContaining({
        code: "invalid_configuration",
        message: "The API key is malformed: use visible ASCII only.",
      }),
    );
  },
);
