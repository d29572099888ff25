import { describe, expect, it } from "vitest";
import { readContract } from "../contract/load-contract.ts";
import { run } from "../run/run.ts";
import { parseHar } from "./parse-har.ts";

const get = (more: object) => ({ get: { responses: { 200: { description: "" } }, ...more } });
const required = { required: true, schema: { type: "string" } };
const document = {
  openapi: "3.1.0",
  info: { title: "Sanitized", version: "1" },
  components: {
    securitySchemes: {
      token: { type: "http", scheme: "bearer" },
      user: { type: "http", scheme: "basic" },
      oauth: { type: "oauth2", flows: {} },
      session: { type: "apiKey", in: "cookie", name: "sid" },
      named: { type: "apiKey", in: "header", name: "Authorization" },
      key: { type: "apiKey", in: "header", name: "x-key" },
      query: { type: "apiKey", in: "query", name: "key" },
    },
  },
  paths: {
    "/token": get({ security: [{ token: [] }] }),
    "/user": get({ security: [{ user: [] }] }),
    "/oauth": get({ security: [{ oauth: [] }] }),
    "/session": get({ security: [{ session: [] }] }),
    "/named": get({ security: [{ named: [] }] }),
    "/key": get({ security: [{ key: [] }] }),
    "/query": get({ security: [{ query: [] }] }),
    "/either": get({ security: [{ key: [] }, { token: [] }] }),
    "/both": get({ security: [{ key: [], session: [] }] }),
    "/x-header": get({ parameters: [{ name: "x-tenant", in: "header", ...required }] }),
    "/cookie": get({ parameters: [{ name: "visit", in: "cookie", ...required }] }),
    "/login": get({
      responses: { 200: { description: "", headers: { "Set-Cookie": required } } },
    }),
  },
};
const contract = readContract(Buffer.from(JSON.stringify(document)), "sanitized.json");

type Headers = Readonly<Record<string, string>>;
const lines = (headers: Headers) => Object.entries(headers).map(([name, value]) => ({ name, value }));

/** What is found in a file with one request of each path, all of which succeeded. */
async function judged(
  creator: string,
  requests: Readonly<Record<string, Headers>>,
): Promise<{ readonly found: readonly string[]; readonly told: readonly string[] }> {
  const entries = Object.entries(requests).map(([path, headers]) => ({
    startedDateTime: "2026-11-22T10:00:00Z",
    time: 3,
    request: { method: "GET", url: `https://api.example${path}`, headers: lines(headers) },
    response: { status: 200, headers: [], content: { size: 0, mimeType: "" } },
  }));
  const text = JSON.stringify({
    log: { version: "1.2", creator: { name: creator, version: "537.36" }, entries },
  });
  for await (const event of run({ contract, recording: { file: "t.har", ...parseHar(text, "t.har") } })) {
    if (event.type !== "run-finished") continue;
    const { findings, notJudged } = event.summary;
    const taken = notJudged.filter(({ reason }) => /the recorder (may|leaves)/.test(reason));
    return {
      found: findings.map(({ check, operation }) => `${check} ${operation}`),
      told: taken.map(({ operation }) => operation ?? ""),
    };
  }
  throw new Error("the run has no end");
}

describe("the plain export of a browser, without Authorization, Cookie and Set-Cookie", () => {
  it.each(["/token", "/user", "/oauth", "/session", "/named", "/either", "/both", "/cookie", "/login"])(
    "is no sign that %s was let in without them, be it the only request",
    async (path) => {
      expect(await judged("WebInspector", { [path]: {} })).toEqual({ found: [], told: [`GET ${path}`] });
    },
  );

  it.each([
    ["/key", "ignored-auth"],
    ["/query", "ignored-auth"],
    ["/x-header", "missing-required-header"],
  ])("has everything else: %s", async (path, check) => {
    const { found, told } = await judged("WebInspector", { [path]: {} });
    expect(found).toContain(`${check} GET ${path}`);
    expect(told).toEqual([]);
  });

  it("judges what carries another credential as ever", async () => {
    const both = { "/either": { "x-key": "k" }, "/token": {} };
    expect(await judged("WebInspector", both)).toEqual({ found: [], told: ["GET /token"] });
  });
});

describe("an export with everything, or of another recorder", () => {
  it.each([
    ["WebInspector", { "/token": {}, "/elsewhere": { Cookie: "a=b" } }],
    ["WebInspector", { "/token": {}, "/user": { authorization: "Basic YTpi" } }],
    ["Firefox", { "/token": {} }],
    ["mitmproxy", { "/token": {} }],
  ])("of %s shows who was let in without a credential: %j", async (creator, requests) => {
    expect((await judged(creator, requests)).found).toContain("ignored-auth GET /token");
  });

  it("shows a required cookie and Set-Cookie to be missing", async () => {
    const { found } = await judged("mitmproxy", { "/cookie": {}, "/login": {} });
    expect(found).toEqual(
      expect.arrayContaining([
        "negative-data-rejection GET /cookie",
        "response-headers-conformance GET /login",
      ]),
    );
  });
});
