import { describe, expect, it } from "vitest";
import { readContract } from "../contract/load-contract.ts";
import type { RunSummary } from "./events.ts";
import type { RecordedExchange } from "./recorded-exchange.ts";
import { run } from "./run.ts";
import type { RunOptions } from "./run-options.ts";
import type { Target } from "./target.ts";

const document = {
  openapi: "3.1.0",
  info: { title: "Items", version: "1" },
  servers: [
    {
      url: "https://{place}.example/{version}",
      variables: { place: { default: "eu", enum: ["eu", "us"] }, version: { default: "v2", enum: ["v2"] } },
    },
  ],
  components: { securitySchemes: { key: { type: "apiKey", in: "header", name: "x-key" } } },
  paths: {
    "/new": { post: { responses: { 201: { description: "" } } } },
    "/items": {
      servers: [{ url: "https://items.example/store" }],
      get: {
        security: [{ key: [] }],
        responses: {
          200: { description: "", content: { "application/json": { schema: { type: "array" } } } },
          401: { description: "" },
        },
      },
    },
  },
};

function exchange(
  url: string,
  change: { method?: string; status?: number; headers?: object; allow?: string } = {},
) {
  const { pathname, search } = new URL(url);
  const { method = "GET", status = 200, headers = { "x-key": "k" } } = change;
  const answer: RecordedExchange = {
    place: url,
    url,
    request: { method, path: pathname + search, headers: Object.entries(headers) },
    response: {
      status,
      headers: [
        ["content-type", "application/json"],
        ...(change.allow === undefined ? [] : [["allow", change.allow] as const]),
      ],
      body: new Uint8Array(Buffer.from(status === 304 ? "" : "[]")),
      durationMs: 1,
    },
    gaps: [],
  };
  return answer;
}

async function judged(...exchanges: readonly RecordedExchange[]): Promise<RunSummary> {
  const contract = readContract(new TextEncoder().encode(JSON.stringify(document)), "items.json");
  for await (const event of run({ contract, recording: { file: "t.har", exchanges } }))
    if (event.type === "run-finished") return event.summary;
  throw new Error("the run has no end");
}

const reasons = ({ notJudged }: RunSummary) => notJudged.map(({ reason }) => reason).join("\n");
const ids = ({ findings }: RunSummary) => findings.map(({ id }) => id);

describe("recorded traffic", () => {
  it("reports what can't be judged by the contract's schemas, as a live run does", async () => {
    const schema = {
      type: "object",
      properties: {
        when: { type: "string", format: "stardate" },
        bad: { type: "string", minLength: "one" },
        far: { $ref: "urn:elsewhere" },
        dynamic: { $dynamicRef: "urn:a#t" },
      },
    };
    const doubtful = {
      openapi: "3.1.0",
      info: { title: "Doubtful", version: "1" },
      components: {
        schemas: { A: { $id: "urn:a", $dynamicAnchor: "t" }, B: { $id: "urn:b", $dynamicAnchor: "t" } },
      },
      paths: {
        "/a": {
          get: { responses: { 200: { description: "", content: { "application/json": { schema } } } } },
        },
        "/x": {
          get: {
            responses: {
              200: { description: "", content: { "application/cbor": { schema: { type: "object" } } } },
            },
          },
        },
        "/bad": {
          get: {
            parameters: [{ name: "p", in: "query", schema: { type: "string", pattern: 1 } }],
            responses: { 204: { description: "" } },
          },
        },
      },
    };
    const contract = readContract(Buffer.from(JSON.stringify(doubtful)), "doubtful.json");
    const exchanges = [exchange("http://127.0.0.1:1/a")];
    const target: Target = {
      kind: "url",
      address: "http://127.0.0.1:1",
      capabilities: { isStatic: true, allowsWrites: true },
      send: async () => ({ response: { status: 404, headers: [], body: new Uint8Array(), durationMs: 1 } }),
      close: async () => undefined,
    };
    const gaps = async (source: Pick<RunOptions, "target" | "recording">) => {
      for await (const event of run({ contract, ...source }))
        if (event.type === "run-finished")
          return event.summary.notJudged
            .filter(({ pointer }) => pointer !== undefined && !/parameters/.test(pointer))
            .map(({ operation, pointer, reason }) => `${operation ?? ""} ${pointer}: ${reason}`)
            .sort();
      throw new Error("the run has no end");
    };
    const recorded = await gaps({ recording: { file: "t.har", exchanges } });
    expect(recorded).toEqual(await gaps({ target }));
    for (const told of [/stardate/, /minLength|isn't valid/, /urn:elsewhere/, /\$dynamicRef/, /cbor/])
      expect(recorded.join("\n")).toMatch(told);
  });

  it.each(["https://eu.example/v2", "https://us.example/v2", "https://items.example/store"])(
    "is found behind every documented server: %s",
    async (address) => {
      const summary = await judged(exchange(`${address}/items`));
      expect(summary.verdict).toBe("conforms");
      expect(summary.counts.length).toBeGreaterThan(0);
    },
  );

  it("to servers that the contract doesn't name is left out and told, unless there is no other", async () => {
    const stranger = exchange("https://tracker.example/items", { status: 500 });
    const both = await judged(exchange("https://eu.example/v2/items"), stranger);
    expect(ids(both)).toEqual([]);
    expect(reasons(both)).toMatch(
      /1 of 2 recorded requests went to servers .* https:\/\/tracker\.example(\n|$)/,
    );
    expect(ids(await judged(stranger)).join()).toMatch(/not-a-server-error/);
  });

  it("reports what is undocumented as one warning per path and method, whatever ids it contains", async () => {
    const url = "https://eu.example/v2";
    const summary = await judged(
      exchange(`${url}/items`),
      exchange(`${url}/users/17?all=1`),
      exchange(`${url}/users/18`, { status: 404 }),
      exchange(`${url}/users/550e8400-e29b-41d4-a716-446655440000/roles`, { method: "POST" }),
      exchange(`${url}/items`, { method: "DELETE", status: 405 }),
    );
    const { findings, verdict, counts } = summary;
    expect(findings.map(({ id, severity, occurrences }) => [id, severity, occurrences])).toEqual([
      ["undocumented-operation | GET /items | /paths/~1items | undocumented-delete", "warning", 1],
      ["undocumented-operation | GET /users/* | /paths | undocumented-path", "warning", 2],
      ["undocumented-operation | POST /users/*/roles | /paths | undocumented-path", "warning", 1],
    ]);
    expect(verdict).toBe("conforms");
    expect(counts.map(({ operation }) => operation)).not.toContain("GET /users/*");
    expect(findings[1]?.curl).toContain(`${url}/users/17?all=1`);
  });

  it("finds them on a machine for tests as well, and not elsewhere on a documented host", async () => {
    const local = "http://127.0.0.1:3000/v2";
    expect(ids(await judged(exchange(`${local}/items`), exchange(`${local}/users`)))).toEqual([
      "undocumented-operation | GET /users | /paths | undocumented-path",
    ]);
    const elsewhere = await judged(
      exchange("https://eu.example/v2/items"),
      exchange("https://eu.example/v22/items"),
      exchange("https://eu.example/favicon.ico", { status: 404 }),
    );
    expect(ids(elsewhere)).toEqual([]);
    expect(reasons(elsewhere)).toMatch(/2 of 3 recorded requests are for undocumented paths/);
  });

  it("of undocumented paths alone has judged nothing, and a server that fails there is none of the contract's", async () => {
    const summary = await judged(exchange("https://eu.example/v2/users", { status: 500 }));
    expect(summary.verdict).toBe("judged-nothing");
    expect(ids(summary)).toEqual(["undocumented-operation | GET /users | /paths | undocumented-path"]);
  });

  it("says nothing of methods that the harness tried itself", async () => {
    const own = exchange("https://eu.example/v2/items", { method: "DELETE", status: 405 });
    expect(ids(await judged({ ...own, caseId: "GET /items › method DELETE isn't documented" }))).toEqual([]);
  });

  it.each<[string, string, string, number, string[]]>([
    ["OPTIONS", "OPTIONS", "GET, HEAD, OPTIONS", 204, []],
    ["OPTIONS", "OPTIONS", "get", 200, []],
    ["OPTIONS", "OPTIONS", "GET, DELETE", 204, ["allow-names-delete"]],
    ["OPTIONS", "OPTIONS", "PUT", 204, ["allow-lacks-get", "allow-names-put"]],
    ["OPTIONS", "OPTIONS", "", 204, ["allow-lacks-get"]],
    ["a 405", "DELETE", "GET", 405, []],
    ["a 405", "DELETE", "HEAD", 405, ["allow-lacks-get"]],
    ["a 405", "DELETE", "GET, TRACE", 405, ["allow-names-trace"]],
  ])("compares Allow in %s with what is documented: %s, %j", async (_what, method, allow, status, kinds) => {
    const url = "https://eu.example/v2/items";
    const summary = await judged(exchange(url, { method, status, headers: { "x-key": "k" }, allow }));
    const found = summary.findings.filter(({ check }) => check === "unsupported-method");
    expect(found.map(({ id }) => id.split(" | ").at(-1))).toEqual(kinds);
    expect(found.every(({ severity }) => severity === "warning")).toBe(true);
  });

  it("knows servers by any value of a variable that lists none", async () => {
    const servers = [
      {
        url: "https://{tenant}.shop.example:{port}/{base}/api",
        variables: {
          tenant: { default: "demo" },
          port: { default: "443", enum: ["443", "8443"] },
          base: { default: "v2" },
        },
      },
      { url: "https://{host}/open", variables: { host: { default: "any.example" } } },
    ];
    const contract = readContract(Buffer.from(JSON.stringify({ ...document, servers })), "items.json");
    const of = async (...urls: readonly string[]) => {
      const exchanges = urls.map((url) => exchange(url, { method: "POST", status: 500 }));
      for await (const event of run({ contract, recording: { file: "t.har", exchanges } }))
        if (event.type === "run-finished") return event.summary;
      throw new Error("the run has no end");
    };
    const own = ["https://acme.shop.example:8443/v3/api/new", "https://demo.shop.example/v2/api/new"];
    for (const url of own) {
      const summary = await of(
        url,
        "https://analytics.example/v2/api/new",
        "https://a.b.shop.example/v2/api/new",
      );
      expect(ids(summary).join()).toMatch(/not-a-server-error \| POST \/new/);
      expect(summary.findings.map(({ occurrences }) => occurrences)).not.toContain(2);
      expect(reasons(summary)).toMatch(
        /doesn't name: https:\/\/analytics\.example, https:\/\/a\.b\.shop\.example/,
      );
    }
  });

  it("takes HEAD for undocumented where GET is", async () => {
    const url = "https://eu.example/v2/new";
    expect(ids(await judged(exchange(url, { method: "HEAD" }))).join()).toMatch(
      /unsupported-method .* head-accepted/,
    );
    expect(ids(await judged(exchange(url, { method: "HEAD", status: 405 }))).join()).not.toMatch(
      /unsupported-method/,
    );
  });

  it("blames no server for preflights, HEAD beside GET, OPTIONS and answers from a cache", async () => {
    const url = "https://eu.example/v2/items";
    const preflight = { origin: "https://app.example", "access-control-request-method": "GET" };
    const summary = await judged(
      exchange(url),
      exchange(url, { method: "OPTIONS", status: 204, headers: preflight }),
      exchange(url, { method: "OPTIONS" }),
      exchange(url, { method: "HEAD" }),
      exchange(url, { status: 304, headers: { "x-key": "k", "if-none-match": '"a"' } }),
    );
    expect(ids(summary)).toEqual([]);
    for (const told of [/1 .* preflights/, /1 .* HEAD/, /1 .* 304/]) expect(reasons(summary)).toMatch(told);
  });

  it("still blames a server that answers another undocumented method", async () => {
    const summary = await judged(exchange("https://eu.example/v2/items", { method: "DELETE" }));
    expect(ids(summary).join()).toMatch(/unsupported-method/);
  });

  it("without any credential has lost them; with some, a request without one was let in", async () => {
    const url = "https://eu.example/v2/items";
    const bare = exchange(url, { headers: {} });
    const stripped = await judged(bare, bare, bare);
    expect(ids(stripped)).toEqual([]);
    expect(reasons(stripped)).toMatch(/lack credentials, which the recorder may have removed/);
    const mixed = await judged(exchange(url), exchange(url, { headers: {} }));
    expect(ids(mixed).join()).toMatch(/ignored-auth/);
    // One answer to a request without a credential is what it looks like.
    expect(ids(await judged(bare)).join()).toMatch(/ignored-auth/);
  });

  it.each([
    [404, "GET"],
    [409, "GET"],
    [410, "GET"],
    [409, "PUT"],
    [404, "DELETE"],
    [409, "PATCH"],
  ])(
    "says of a %d to %s of what need not exist what a live run says, under default alone",
    async (status, method) => {
      const responses = { 200: { description: "" }, default: { description: "" } };
      const parameters = [{ name: "id", in: "path", required: true, schema: { type: "string" } }];
      const things = {
        openapi: "3.1.0",
        info: { title: "T", version: "1" },
        paths: { "/t/{id}": { [method.toLowerCase()]: { parameters, responses } } },
      };
      const contract = readContract(Buffer.from(JSON.stringify(things)), "t.json");
      const told = async (source: Pick<RunOptions, "target" | "recording">) => {
        const exchanges: RecordedExchange[] = [];
        for await (const event of run({ contract, phases: ["coverage"], ...source })) {
          if (
            event.type === "exchange" &&
            event.exchange.case.expectation === "accepted" &&
            event.exchange.response
          )
            exchanges.push({
              place: "t",
              url: `http://127.0.0.1:1${event.exchange.case.request.path}`,
              request: event.exchange.case.request,
              response: event.exchange.response,
              gaps: [],
            });
          if (event.type === "run-finished")
            return { exchanges, ids: ids(event.summary), reasons: reasons(event.summary) };
        }
        throw new Error("the run has no end");
      };
      const target: Target = {
        kind: "url",
        address: "http://127.0.0.1:1",
        capabilities: { isStatic: false, allowsWrites: true },
        send: async (request) => ({
          response: {
            status: request.method === method ? status : 405,
            headers: [],
            body: new Uint8Array(),
            durationMs: 1,
          },
        }),
        close: async () => undefined,
      };
      const live = await told({ target });
      const recorded = await told({ recording: { file: "t.har", exchanges: live.exchanges } });
      for (const one of [live, recorded]) {
        expect(one.ids).toEqual([]);
        expect(one.reasons).toContain(
          status === 409
            ? "409 may be due to the resource's state"
            : `${status} is expected for generated data, which may refer to something that doesn't exist`,
        );
      }
    },
  );
});
