import { expect, test } from "vitest";
import { createRedactor } from "./create-redactor.ts";

const key = 'k"1\\2/3+4&5';
const redact = createRedactor(key);

test.each([
  ["as it is", key],
  ["escaped for JSON", JSON.stringify(key).slice(1, -1)],
  ["percent-encoded", encodeURIComponent(key)],
  ["percent-encoded in lower case", encodeURIComponent(key).toLowerCase()],
  ["in base64", btoa(key)],
  ["in base64 without padding", btoa(key).replaceAll("=", "")],
])("takes out the key %s, however often", (_, form) => {
  expect(redact(`<${form}> and <${form}>`)).toMatch(/^<\[REDACTED\]=*> and <\[REDACTED\]=*>$/);
});

test("takes out what looks like anybody's key or token", () => {
  expect(redact("sk_abc123, sutkn_9 and ask_me")).toBe("[REDACTED], [REDACTED] and ask_me");
});

test("leaves everything else, without a key too", () => {
  expect(redact("the key is k")).toBe("the key is k");
  expect(createRedactor()("plain = sutkn_1")).toBe("plain = [REDACTED]");
});

test.each(["k", "ke", "key"])(
  "takes out the base64 of the key %j, whatever padding it has or lacks",
  (short) => {
    const base64 = btoa(short);
    const bare = base64.replaceAll("=", "");
    expect(createRedactor(short)(`<${base64}> <${bare}>`)).not.toContain(bare);
  },
);
