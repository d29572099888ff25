import { expect, test } from "vitest";
import { checkPathArgument } from "./check-path-argument.ts";

test.each(["a", "realtime", "a_newer_type_2", `a${"b".repeat(63)}`])(
  "takes %j as a value of an enumeration",
  (value) => {
    expect(checkPathArgument("kind", value, true)).toBe(value);
  },
);

test.each([
  "",
  "..",
  ".",
  "a/b",
  "x?y",
  "#",
  "%2e",
  "A",
  "1a",
  "_a",
  "a-b",
  "a b",
  "a\n",
  " a",
  "é",
  `a${"b".repeat(64)}`,
  undefined,
  null,
  5,
  true,
  {},
  ["a"],
])("refuses %j as a value of an enumeration", (value) => {
  expect(() => checkPathArgument("kind", value, true)).toThrow(
    expect.objectContaining({
      code: "invalid_argument",
      message: "kind must match /^[a-z][a-z0-9_]{0,63}$/.",
    }),
  );
});

test.each([
  ["21m00Tcm4TlvDq8ikWAM", "21m00Tcm4TlvDq8ikWAM"],
  ["...", "..."],
  [".a", ".a"],
  ["a/b", "a/b"],
  ["\n", "\n"],
  [7, "7"],
])("takes %j as any other argument, to be encoded", (value, wanted) => {
  expect(checkPathArgument("id", value, false)).toBe(wanted);
});

test.each(["", ".", "..", undefined, null, {}, true])("refuses %j as any other argument", (value) => {
  expect(() => checkPathArgument("id", value, false)).toThrow(
    expect.objectContaining({ code: "invalid_argument" }),
  );
});
