import { expect, test } from "vitest";
import { isRedirect } from "./is-redirect.ts";

test.each([300, 301, 302, 303, 304, 307, 308, 399])("sees a redirect in %i", (status) => {
  expect(isRedirect({ status, type: "default" })).toBe(true);
});

test.each([200, 299, 400, 500])("sees no redirect in %i", (status) => {
  expect(isRedirect({ status, type: "default" })).toBe(false);
});

test("sees the redirect that a browser hides", () => {
  expect(isRedirect({ status: 0, type: "opaqueredirect" })).toBe(true);
});
