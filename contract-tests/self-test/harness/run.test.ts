import { execFile } from "node:child_process";
import { afterEach, describe, expect, it } from "vitest";
import type { Answer, Handler, ReceivedRequest } from "../../../src/simulator/handler.ts";
import { type Served, serve } from "../../../src/simulator/serve.ts";
import { checks as allChecks } from "../../harness/checks/registry.ts";
import type { Contract } from "../../harness/contract/contract.ts";
import { readContract } from "../../harness/contract/load-contract.ts";
import type { RunSummary } from "../../harness/run/events.ts";
import { run } from "../../harness/run/run.ts";
import { RunMemory } from "../../harness/run/run-memory.ts";
import type { RunOptions } from "../../harness/run/run-options.ts";
import { urlTarget } from "../../harness/targets/url.ts";

const contract: Contract = readContract(
  new TextEncoder().encode(
    JSON.stringify({
      openapi: "3.1.0",
      paths: {
        "/n/{n}": {
          get: {
            security: [{ key: [] }],
            parameters: [{ name: "n", in: "path", required: true, schema: { type: "integer", minimum: 0 } }],
            responses: {
              200: {
                description: "ok",
                content: { "application/json": { schema: { type: "object", required: ["n"] } } },
              },
              401: { description: "who" },
              422: { description: "no" },
            },
          },
        },
      },
      components: { securitySchemes: { key: { type: "apiKey", in: "header", name: "X-Key" } } },
    }),
  ),
  "a.json",
);

const json = (status: number, body: unknown): Answer => ({
  status,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});
const good: Handler = ({ url, method, headers }) => {
  if (method !== "GET") return json(405, {});
  if (!headers["x-key"] || headers["x-key"].includes("wrong")) return json(401, {});
  const n = url.slice("/n/".length);
  return /^\d+$/.test(n) ? json(200, { n: Number(n) }) : json(422, {});
};

const opened: Served[] = [];
afterEach(async () => {
  for (const served of opened.splice(0)) await served.close();
});

async function judge(handler: Handler, options: Partial<RunOptions> = {}): Promise<RunSummary> {
  const served = await serve(handler);
  opened.push(served);
  const target = urlTarget(served.address);
  try {
    for await (const event of run({ contract, target, wait: () => Promise.resolve(), ...options }))
      if (event.type === "run-finished") return event.summary;
    throw new Error("the run ended without its end");
  } finally {
    await target.close();
  }
}

it("finds nothing in a server that conforms to the contract", async () => {
  const { verdict, findings } = await judge(good);
  expect(findings).toEqual([]);
  expect(verdict).toBe("conforms");
});

it("asks once for each path what it can do, and compares Allow with what is documented", async () => {
  const asked: string[] = [];
  const answering = (allow: string) =>
    judge((request) => {
      if (request.method !== "OPTIONS") return good(request);
      asked.push(request.url);
      return { status: 204, headers: { allow }, body: "" };
    });
  expect((await answering("GET, HEAD, OPTIONS")).findings).toEqual([]);
  expect(asked).toHaveLength(1);
  const { findings, verdict } = await answering("GET, DELETE");
  expect(findings.map(({ id, severity }) => [id, severity])).toEqual([
    ["unsupported-method | GET /n/{n} | /paths/~1n~1{n} | allow-names-delete", "warning"],
  ]);
  expect(verdict).toBe("conforms");
});

it("plans probes by the checks of a run, also with the memory of a run with others", async () => {
  const memory = new RunMemory(contract);
  const count = async (checks: readonly string[]) => {
    const chosen = allChecks.filter(({ id }) => checks.includes(id));
    return (await judge(good, { memory, checks: chosen, phases: ["examples", "coverage"] })).requestsSent;
  };
  const bare = await count(["status-code-conformance"]);
  expect(await count(["stability"])).toBe(bare + 4);
  expect(await count(["status-code-conformance"])).toBe(bare);
});

it("sends the same bytes for the same seed, and others for another", async () => {
  const seen = async (seed: number) => {
    const requests: string[] = [];
    const remember: Handler = (request: ReceivedRequest) => {
      const { host: _host, ...headers } = request.headers;
      requests.push(
        JSON.stringify([request.method, request.url, headers, Buffer.from(request.body).toString("hex")]),
      );
      return good(request);
    };
    await judge(remember, { seed });
    return requests;
  };
  const first = await seen(7);
  expect(await seen(7)).toEqual(first);
  expect(await seen(8)).not.toEqual(first);
});

it("shrinks a failing random request to its smallest", async () => {
  const brokenFromHundred: Handler = (request) =>
    Number(request.url.slice(3)) >= 100 ? json(500, {}) : good(request);
  const { findings } = await judge(brokenFromHundred, { phases: ["fuzzing"], fuzzRuns: 100 });
  expect(findings.find(({ check }) => check === "not-a-server-error")?.exchange.case.request.path).toBe(
    "/n/100",
  );
});

it("calls a fault intermittent if it doesn't occur each time", async () => {
  let count = 0;
  const { findings } = await judge((request) =>
    (good(request) as Answer).status === 200 && ++count % 3 === 0 ? json(500, {}) : good(request),
  );
  expect(findings.find(({ check }) => check === "not-a-server-error")).toMatchObject({ intermittent: true });
});

it("waits as long as a 429 asks for, and sends the request again", async () => {
  const waits: number[] = [];
  let limited = true;
  const once: Handler = (request) => {
    if (!limited) return good(request);
    limited = false;
    return { ...json(429, {}), headers: { "retry-after": "2" } };
  };
  const { verdict } = await judge(once, { wait: async (ms) => void waits.push(ms) });
  expect({ waits, verdict }).toEqual({ waits: [2000], verdict: "conforms" });
});

it("judges nothing if every response is 429, and that isn't a success", async () => {
  const { verdict, findings, notJudged } = await judge(() => json(429, {}));
  expect({ verdict, findings }).toEqual({ verdict: "judged-nothing", findings: [] });
  expect(notJudged.map(({ reason }) => reason)).toContain(
    "the target answered 429 (too many requests) 4 times",
  );
});

it("reports each wait as it begins", async () => {
  const told: unknown[] = [];
  let limited = true;
  const once: Handler = (request) => {
    if (!limited) return good(request);
    limited = false;
    return { ...json(503, {}), headers: { "retry-after": "1" } };
  };
  await judge(once, { wait: async () => undefined, onWait: (wait) => told.push(wait) });
  expect(told).toEqual([{ operation: expect.stringMatching(/^GET /), milliseconds: 1_000, status: 503 }]);
});

it.each([
  ["asks for more than a minute at once", "3600", 0],
  ["asks for more than a minute in all", "25", 50_000],
])("gives an operation up when the target %s", async (_, seconds, waited) => {
  const waits: number[] = [];
  let requests = 0;
  const { notJudged, verdict } = await judge(
    () => {
      requests++;
      return { ...json(429, {}), headers: { "retry-after": seconds } };
    },
    { wait: async (ms) => void waits.push(ms), phases: ["coverage"] },
  );
  expect(waits.reduce((sum, ms) => sum + ms, 0)).toBe(waited);
  expect(requests).toBe(waits.length + 1); // the operation's other requests aren't sent only to hear the same
  expect(verdict).toBe("judged-nothing");
  expect(notJudged.map(({ reason }) => reason)).toContain(
    "the target asked to wait (429) for more than 60 s in all, so the rest of the operation was skipped",
  );
});

it("stops at the most requests allowed, and says so", async () => {
  const { requestsSent, notJudged } = await judge(good, { maxRequests: 3 });
  expect(requestsSent).toBe(3);
  expect(notJudged.map(({ reason }) => reason)).toContain(
    "the maximum number of requests was sent (--max-requests)",
  );
});

it("says which check was turned off", async () => {
  const { notJudged } = await judge(good, { checks: [] });
  expect(notJudged).toContainEqual({ check: "status-code-conformance", reason: "turned off for this run" });
});

describe("a finding's curl line", () => {
  it("sends the request again, with its credential from a variable", async () => {
    let url = "";
    const { findings } = await judge(
      (request) =>
        request.url === url
          ? json(418, { again: request.headers["x-key"] })
          : request.url.endsWith("/1")
            ? json(418, {})
            : good(request),
      { phases: ["coverage"] },
    );
    const finding = findings.find(({ check }) => check === "status-code-conformance");
    expect(finding?.curl).toContain('"$X_KEY"');
    url = finding?.exchange.case.request.path ?? "";
    const served = opened.at(-1);
    expect(served && finding?.curl).toContain(served?.address);
    const output = await new Promise<string>((resolve, reject) => {
      execFile(
        "sh",
        ["-c", finding?.curl ?? "false"],
        { env: { ...process.env, X_KEY: "from the shell" } },
        (error, stdout) => (error ? reject(error) : resolve(stdout)),
      );
    });
    expect(output).toContain('{"again":"from the shell"}');
  });
});
