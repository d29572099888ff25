import { expect, test } from "vitest";
import { checkTarget } from "./check-target.ts";

test.each([
  ["http://127.0.0.1:4020/", false, "http://127.0.0.1:4020"],
  ["http://localhost:4020/prefix/", false, "http://localhost:4020/prefix"],
  ["https://api.elevenlabs.io", true, "https://api.elevenlabs.io"],
])("%s is judged", (target, allowWrites, address) => {
  expect(checkTarget(target, allowWrites)).toBe(address);
});

test.each([
  ["https://api.elevenlabs.io", false, /add --allow-writes/],
  ["http://api.example", true, /use https\.$/],
  ["http://127.0.0.1.evil.test", true, /use https\.$/],
  ["elsewhere", true, /^--target takes a base URL/],
  ["ws://127.0.0.1", true, /^--target takes a base URL/],
])("%s is refused in one sentence", (target, allowWrites, sentence) => {
  expect(() => checkTarget(target, allowWrites)).toThrow(sentence);
});
