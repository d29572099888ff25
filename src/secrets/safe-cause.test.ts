import { inspect } from "node:util";
import { expect, test } from "vitest";
import { createRedactor } from "./create-redactor.ts";
import { safeCause } from "./safe-cause.ts";

const redact = createRedactor("canary-key");

test("keeps name, message, code and causes, without the key", () => {
  const cause = Object.assign(new Error("connect canary-key"), { code: "ECONNREFUSED" });
  const copy = safeCause(new TypeError("fetch failed: canary-key", { cause }), redact);
  expect(copy).toMatchObject({
    name: "TypeError",
    message: "fetch failed: [REDACTED]",
    cause: { name: "Error", message: "connect [REDACTED]", code: "ECONNREFUSED" },
  });
  expect(inspect(copy)).not.toContain("canary-key");
  expect(inspect(copy)).toContain("safe-cause.test.ts");
});

test("drops whatever else an error carries", () => {
  const error = Object.assign(new Error("failed"), { config: { headers: { "xi-api-key": "canary-key" } } });
  expect(inspect(safeCause(error, redact), { depth: 9 })).not.toContain("canary-key");
});

test("follows a circle of causes three deep", () => {
  const error = new Error("round");
  error.cause = error;
  expect(safeCause(error, redact)).toMatchObject({
    cause: { cause: { message: "round", cause: undefined } },
  });
});

test.each([
  ["canary-key!", "[REDACTED]!"],
  [5, "5"],
  [null, "null"],
  [undefined, undefined],
])("turns what isn't an error into text: %j", (thrown, wanted) => {
  expect(safeCause(thrown, redact)).toBe(wanted);
});

test("redacts a code that isn't one", () => {
  expect(safeCause(Object.assign(new Error("x"), { code: "canary-key" }), redact)).toMatchObject({
    code: "[REDACTED]",
  });
});

test.each([
  ["an object without a prototype", Object.create(null)],
  [
    "an error whose message throws",
    Object.defineProperty(new Error("x"), "message", {
      get: () => {
        throw new Error("y");
      },
    }),
  ],
  [
    "a proxy that refuses every question",
    new Proxy(
      {},
      {
        getPrototypeOf: () => {
          throw new Error("z");
        },
      },
    ),
  ],
])("tells nothing of %s", (_, thrown) => {
  expect(safeCause(thrown, redact)).toBeUndefined();
});

test("tells a symbol", () => {
  expect(safeCause(Symbol("s"), redact)).toBe("Symbol(s)");
});
