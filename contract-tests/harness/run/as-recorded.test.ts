import { expect, test } from "vitest";
import { asTold } from "./as-recorded.ts";

const complaint = (pointer: string) => ({ kind: "type", pointer, message: "", expected: "", actual: "" });
const check = "response-schema-conformance";

test("repeats what was reported of a mock's response, and nothing that was its own fault", () => {
  const told = [{ check, ...complaint("/a") }];
  expect(asTold("GET /a", [{ check, complaints: [complaint("/a"), complaint("/b")] }], told)).toEqual([
    { check, complaints: [complaint("/a")] },
  ]);
  expect(asTold("GET /a", [{ check, complaints: [complaint("/b")] }], told)).toEqual([
    { check, complaints: [], notJudged: "it was a fault of the mock that was recorded" },
  ]);
  expect(asTold("GET /a", [{ check, complaints: [] }], told)).toEqual([{ check, complaints: [] }]);
});
