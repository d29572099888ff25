import { expect, test } from "vitest";
import { checkOptions } from "./check-options.ts";

const good = {
  client: { tokens: { singleUse: { create: async () => ({ token: "t" }) } } },
  authorize: () => ({ id: "u" }),
  tokenTypes: ["realtime_scribe"],
  allowedOrigins: ["https://app.example", "http://localhost:3000"],
};

test("what is complete passes", () => {
  expect(() => checkOptions(good as never)).not.toThrow();
  expect(() => checkOptions({ ...good, allowedOrigins: [] } as never)).not.toThrow();
});

test.each([
  [{ client: {} }, /: client must be a client that has tokens\.singleUse/],
  [{ authorize: undefined }, /: authorize must be a function/],
  [{ tokenTypes: [] }, /: tokenTypes must list at least one/],
  [{ tokenTypes: "realtime_scribe" }, /: tokenTypes must list/],
  [{ allowedOrigins: undefined }, /: allowedOrigins must list/],
  [{ allowedOrigins: "https://app.example" }, /: allowedOrigins must list/],
  [{ allowedOrigins: ["*"] }, /must not contain "\*"/],
  [{ allowedOrigins: ["null"] }, /must not contain "null"/],
  [{ allowedOrigins: ["app.example"] }, /isn't an origin such as/],
  [{ allowedOrigins: ["ftp://app.example"] }, /isn't an origin such as/],
  [{ allowedOrigins: ["https://app.example/"] }, /browsers write as "https:\/\/app\.example"/],
  [{ allowedOrigins: ["https://APP.example:443/x"] }, /browsers write as "https:\/\/app\.example"/],
  [{ upstreamTimeoutInSeconds: 0 }, /: upstreamTimeoutInSeconds must be a number/],
  [{ upstreamTimeoutInSeconds: Number.NaN }, /: upstreamTimeoutInSeconds must be a number/],
  [{ bodyTimeoutInSeconds: "5" }, /: bodyTimeoutInSeconds must be a number/],
  [{ allowedHeaders: "x" }, /: allowedHeaders must be a list/],
  [{ allowedHeaders: ["x\r\ny"] }, /: allowedHeaders must be a list/],
  [{ challenge: "Bearer\r\nset-cookie: a=b" }, /: challenge must be a value/],
  [{ challenge: "Schlüssel" }, /: challenge must be a value/],
  [{ hookTimeoutInSeconds: 0 }, /: hookTimeoutInSeconds must be a number/],
  [{ allowedOrigins: ["https://*.example"] }, /isn't an origin such as/],
  [{ rateLimit: 5 }, /: rateLimit must be a function/],
  [{ onEvent: {} }, /: onEvent must be a function/],
  [{ allowCredentials: "no" }, /: allowCredentials must be true or false/],
  [{ ratelimit: () => undefined }, /: there is no option "ratelimit"; use: client, .*rateLimit/],
  [{ toString: 1 }, /: there is no option "toString"/],
])("%j is refused in one sentence", (wrong, sentence) => {
  // Wrong on purpose, as a caller without a type checker would write it.
  const options = { ...good, ...wrong } as never;
  expect(() => checkOptions(options)).toThrow(TypeError);
  expect(() => checkOptions(options)).toThrow(sentence);
});

test("nothing at all is refused too", () => {
  expect(() => checkOptions(undefined as never)).toThrow(/client must be/);
});
