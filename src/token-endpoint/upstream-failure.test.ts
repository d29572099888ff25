import { describe, expect, test } from "vitest";
import { upstreamFailure, upstreamProblem } from "./upstream-failure.ts";

const secret = "sk_canary";

function answered(statusCode: number, headers: Record<string, string> = {}): Error {
  return Object.assign(new Error(secret), {
    statusCode,
    code: "error_status",
    body: { detail: secret },
    rawResponse: { headers: new Headers({ "x-echo": secret, ...headers }) },
  });
}

const thrower = {
  get statusCode(): number {
    throw new Error(secret);
  },
};

describe("a failed call upstream", () => {
  test.each([
    [answered(400), "provider-failed"],
    [answered(401), "provider-failed"],
    [answered(422), "provider-failed"],
    [answered(500), "provider-failed"],
    [answered(302), "provider-failed"],
    [answered(200), "provider-failed"],
    [answered(408), "provider-unavailable"],
    [answered(503), "provider-unavailable"],
    [answered(504), "provider-unavailable"],
    [Object.assign(new Error(secret), { code: "network_error" }), "provider-unavailable"],
    [Object.assign(new Error(secret), { code: "timeout" }), "provider-unavailable"],
    [Object.assign(new Error(secret), { code: "invalid_configuration" }), "provider-failed"],
    [new TypeError(secret), "provider-unavailable"],
    [secret, "provider-unavailable"],
    [undefined, "provider-unavailable"],
    [thrower, "provider-unavailable"],
  ])("%# becomes a problem without a word of it", (error, code) => {
    expect(upstreamProblem(error)).toEqual({ code });
  });

  test.each(["1", "120", "Sun, 22 Nov 2026 00:30:00 GMT"])("429 keeps a Retry-After of %s", (after) => {
    const problem = upstreamProblem(answered(429, { "retry-after": after }));
    expect(problem).toEqual({ code: "too-many-requests", headers: { "retry-after": after } });
  });

  test.each(["", "-1", "1.5", "soon", secret, "99999999999"])("429 drops a Retry-After of %j", (after) => {
    expect(upstreamProblem(answered(429, { "retry-after": after }))).toEqual({ code: "too-many-requests" });
  });

  test.each([
    [answered(401), { name: "Error", code: "error_status", statusCode: 401 }],
    [
      Object.assign(new Error(secret), { name: secret, code: `${secret}!`, statusCode: secret }),
      { name: "Error" },
    ],
    [thrower, { name: "Error" }],
    [null, { name: "Error" }],
  ])("%# is logged only with its name and numbers", (error, told) => {
    expect(upstreamFailure(error)).toEqual(told);
  });
});
