import { expect, test } from "vitest";
import { isRetryableStatus } from "./is-retryable-status.ts";

test.each([408, 429, 500, 501, 502, 503, 504, 520, 599])("asks again after %i", (status) => {
  expect(isRetryableStatus(status)).toBe(true);
});

test.each([200, 201, 204, 301, 304, 400, 401, 403, 404, 407, 409, 422, 428, 430, 499])(
  "doesn't ask again after %i",
  (status) => {
    expect(isRetryableStatus(status)).toBe(false);
  },
);
