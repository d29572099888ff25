import { expect, it } from "vitest";
import { readContract } from "../contract/load-contract.ts";
import { run } from "../run/run.ts";
import { parseHar } from "./parse-har.ts";

const json = (schema: object) => ({ content: { "application/json": { schema } } });
const ok = { description: "" };
const document = {
  openapi: "3.1.0",
  info: { title: "Recorded", version: "1" },
  servers: [{ url: "https://api.example" }],
  paths: {
    "/a": {
      get: { responses: { 200: { ...ok, ...json({ type: "object" }) } } },
      post: {
        requestBody: { required: true, ...json({ type: "object", required: ["x"] }) },
        responses: { 201: { ...ok, ...json({ type: "object" }) } },
      },
    },
    "/file": {
      get: { responses: { 200: { ...ok, content: { "application/octet-stream": { schema: {} } } } } },
    },
    "/text": {
      get: {
        responses: {
          200: { ...ok, content: { "text/plain": { schema: { type: "string", minLength: 3 } } } },
        },
      },
    },
  },
};
const contract = readContract(Buffer.from(JSON.stringify(document)), "recorded.json");

type Headers = Readonly<Record<string, string>>;
const lines = (headers: Headers) => Object.entries(headers).map(([name, value]) => ({ name, value }));
const entry = (
  response: object,
  { headers = {}, ...request }: { headers?: Headers; [field: string]: unknown } = {},
) => ({
  startedDateTime: "2026-01-01T00:00:00Z",
  time: 1,
  request: { method: "GET", url: "https://api.example/a", headers: lines(headers), ...request },
  response,
});
const answer = (
  status: number,
  headers: Headers = {},
  content: object = { size: 0, mimeType: "x-unknown" },
) => ({
  status,
  headers: lines(headers),
  content,
});
const good = (text = "{}") =>
  answer(
    200,
    { "content-type": "application/json" },
    { size: text.length, mimeType: "application/json", text },
  );
const worker = (source?: string) => ({
  ...good("[]"),
  _fetchedViaServiceWorker: true,
  ...(source === undefined ? {} : { _serviceWorkerResponseSource: source }),
});
const https = { location: "https://api.example/a" };
const part = answer(
  206,
  { "content-type": "application/octet-stream", "content-range": "bytes 0-1/10" },
  { size: 2, mimeType: "application/octet-stream", text: "YWI=", encoding: "base64" },
);

/** The checks that find something in these entries, and in a good one after them. */
async function found(
  entries: readonly object[],
): Promise<{ readonly checks: string; readonly told: string }> {
  const log = {
    version: "1.2",
    creator: { name: "WebInspector", version: "1" },
    entries: [...entries, entry(good())],
  };
  const recording = { file: "t.har", ...parseHar(JSON.stringify({ log }), "t.har") };
  for await (const event of run({ contract, recording }))
    if (event.type === "run-finished") {
      const { findings, notJudged } = event.summary;
      const checks = [...new Set(findings.map(({ check }) => check))].sort().join();
      return { checks, told: notJudged.map(({ reason }) => reason).join("\n") };
    }
  throw new Error("the run has no end");
}

it.each<[string, object, told: RegExp]>([
  [
    "a redirect to https that the browser made itself",
    entry(answer(307, { ...https, "Non-Authoritative-Reason": "HSTS" })),
    /redirect that the browser made/,
  ],
  ["an answer of a service worker", entry(worker()), /service worker/],
  [
    "a part that was asked for",
    entry(part, { url: "https://api.example/file", headers: { range: "bytes=0-1" } }),
    /206|range/,
  ],
  [
    "a part that isn't there",
    entry(answer(416, { date: "" }), { url: "https://api.example/file", headers: { range: "bytes=99-" } }),
    /416/,
  ],
  [
    "a condition that wasn't met",
    entry(answer(412, { date: "" }), { headers: { "If-Match": '"a"' } }),
    /412/,
  ],
  ["a limit", entry(answer(429, { "retry-after": "1" })), /429/],
])("no server is blamed for %s, and it is told", async (_, one, told) => {
  const judged = await found([one]);
  expect(judged.checks).toBe("");
  expect(judged.told).toMatch(told);
});

it.each<[string, object]>([
  [
    "whose media type stands beside the body alone",
    entry(
      { ...good(), status: 201 },
      { method: "POST", postData: { mimeType: "application/json", text: '{"x":1}' } },
    ),
  ],
  ["with a method in small letters", entry(good(), { method: "get" })],
  ["with a fragment in its URL", entry(good(), { url: "https://api.example/a#x" })],
  ["with a host in capitals and the default port", entry(good(), { url: "HTTPS://API.example:443/a" })],
])("a request %s is judged as what was sent", async (_, one) => {
  expect((await found([one])).checks).toBe("");
});

it.each<[string, object, string]>([
  ["redirects to what isn't documented", entry(answer(307, https)), "stability,status-code-conformance"],
  [
    "sends a part that nobody asked for",
    entry(part, { url: "https://api.example/file" }),
    "status-code-conformance",
  ],
  [
    "says of no condition that it wasn't met",
    entry(answer(412, { date: "" }), { url: "https://api.example/text" }),
    "positive-data-acceptance,status-code-conformance",
  ],
  [
    "answers otherwise than documented behind a service worker",
    entry(worker("network")),
    "response-schema-conformance",
  ],
  [
    "takes a body that breaks the contract",
    entry(
      { ...good(), status: 201 },
      { method: "POST", postData: { mimeType: "application/json", text: "{}" } },
    ),
    "negative-data-rejection",
  ],
  [
    "sends a text that is too short",
    entry(answer(200, { "content-type": "text/plain" }, { size: 2, mimeType: "text/plain", text: "ab" }), {
      url: "https://api.example/text",
    }),
    "response-schema-conformance",
  ],
])("a server is blamed that %s", async (_, one, checks) => {
  expect((await found([one])).checks).toBe(checks);
});
