import { expect, it } from "vitest";
import type { Case } from "../cases/case.ts";
import { batches } from "./batches.ts";

const caseOf = (method: string): Case => ({
  id: method,
  operation: "GET /a",
  phase: "coverage",
  expectation: "accepted",
  request: { method, path: "/a", headers: [] },
});

it.each([
  [1, "GET GET POST", "GET|GET|POST"],
  [2, "GET GET GET", "GET GET|GET"],
  [3, "GET POST GET HEAD PUT PUT GET", "GET|POST|GET HEAD|PUT|PUT|GET"],
  [2, "", ""],
])("puts up to %d requests together that change nothing: %s", (most, methods, expected) => {
  const cases = methods.split(" ").filter(Boolean).map(caseOf);
  const made = batches(cases, most);
  expect(made.map((batch) => batch.map(({ id }) => id).join(" ")).join("|")).toBe(expected);
  expect(made.flat()).toEqual(cases);
});
