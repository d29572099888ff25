import { expect, test } from "vitest";
import { expectedAnswer } from "./expected-answer.ts";
import type { Answers } from "./operation.ts";

const answers: Answers = {
  200: { "application/json": "json", "audio/mpeg; codecs=mp3": "stream", "audio/*": "bytes", "*/*": "text" },
  204: {},
  "2XX": { "text/plain": "text" },
};

test.each([
  [200, "application/json; charset=utf-8", "json", "200 application/json"],
  [200, "Application/JSON", "json", "200 application/json"],
  [200, "audio/mpeg", "stream", "200 audio/mpeg; codecs=mp3"],
  [200, "audio/wav", "bytes", "200 audio/*"],
  [200, "image/png", "text", "200 */*"],
  [200, null, "text", "200 */*"],
  [204, null, undefined, "204 "],
  [207, "text/plain", "text", "2XX text/plain"],
])("reads %i with %s as %s", (status, contentType, form, key) => {
  expect(expectedAnswer(answers, status, contentType)).toEqual({ form, key });
});

test("takes the first documented success for a status of its own, and its first media type for another", () => {
  const plain: Answers = { 201: { "application/json": "json", "text/csv": "text" } };
  expect(expectedAnswer(plain, 200, "text/html")).toEqual({ form: "json", key: "201 application/json" });
  expect(expectedAnswer({ default: plain[201] ?? {} }, 200, "text/csv").key).toBe("default text/csv");
  expect(expectedAnswer({}, 200, "text/csv").form).toBeUndefined();
});
