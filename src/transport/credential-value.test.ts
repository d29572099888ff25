import { expect, test } from "vitest";
import { credentialValue } from "./credential-value.ts";

test.each([
  ["Authorization", "Bearer k"],
  ["authorization", "Bearer k"],
  ["xi-api-key", "k"],
])("%s says %s", (header, value) => expect(credentialValue(header, "k")).toBe(value));
