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

const mixed = "Ab/cD+e=";

test.each([
  ["with one escape in lower case", "Ab%2fcD+e="],
  ["with letters that needed no escape", "%41b%2FcD%2Be%3D"],
  ["with escapes of JSON", "Ab\\/cD\\u002Be\\u003d"],
  ["with references of HTML", "Ab&#x2F;cD&#043;e&#61"],
  ["in small letters, as header names are written", "ab/cd+e="],
])("takes out the key %s", (_, form) => {
  expect(createRedactor(mixed)(`<${form}>`)).toBe("<[REDACTED]>");
});

test("takes time in step with the text's length", () => {
  const long = createRedactor("a".repeat(200));
  const time = (text: string): number => {
    const from = performance.now();
    long(text);
    return performance.now() - from;
  };
  time("a".repeat(1000));
  // A text of the key's own letter, a little too short to be it, again and again.
  expect(time(`${"a".repeat(199)}b`.repeat(320))).toBeLessThan(500);
});
