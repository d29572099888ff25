import { expect, test } from "vitest";
import { createRedactor } from "../secrets/create-redactor.ts";
import { toRawResponse } from "./to-raw-response.ts";

const redact = createRedactor("canary");

test("keeps everything of the response except its body", () => {
  const response = new Response("body", { status: 201, statusText: "Created", headers: { "x-a": "1" } });
  const raw = toRawResponse(response, redact);
  expect(raw).toEqual({
    headers: response.headers,
    redirected: false,
    status: 201,
    statusText: "Created",
    type: "default",
    url: "",
  });
});

test("redacts whatever the server wrote freely, repeated headers included", () => {
  const headers = new Headers({ "x-a": "a canary", "x-b": "1" });
  headers.append("set-cookie", "a=canary");
  headers.append("set-cookie", "b=1");
  const response = Object.defineProperty(new Response(null, { statusText: "Bad canary", headers }), "url", {
    value: "https://api.example/canary",
  });
  const raw = toRawResponse(response, redact);
  expect([...raw.headers]).toEqual([
    ["set-cookie", "a=[REDACTED]"],
    ["set-cookie", "b=1"],
    ["x-a", "a [REDACTED]"],
    ["x-b", "1"],
  ]);
  expect([raw.statusText, raw.url]).toEqual(["Bad [REDACTED]", "https://api.example/[REDACTED]"]);
});

test("leaves out a header whose name holds the secret", () => {
  const raw = toRawResponse(new Response(null, { headers: { "x-canary-1": "1", "x-a": "1" } }), redact);
  expect([...raw.headers]).toEqual([["x-a", "1"]]);
});
