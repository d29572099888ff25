import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Coverage } from "../../harness/coverage/coverage.ts";
import { parseJsonReport } from "../../harness/reports/read-json-report.ts";
import { command, type Seen, TestServers } from "./command.ts";

const contract = {
  openapi: "3.1.0",
  info: { title: "Lamps", version: "1" },
  servers: [{ url: "/" }],
  components: {
    securitySchemes: { key: { type: "apiKey", in: "header", name: "x-key" } },
    responses: { Problem: { description: "Refused", content: { "text/plain": {} } } },
    schemas: {
      Lamp: {
        type: "object",
        required: ["id", "colour"],
        properties: {
          id: { type: "integer", readOnly: true },
          colour: { enum: ["red", "green"] },
          name: { type: "string", maxLength: 5 },
          secret: { type: "string", writeOnly: true },
        },
      },
    },
  },
  paths: {
    "/lamps": {
      get: {
        parameters: [
          { name: "limit", in: "query", schema: { type: "integer", minimum: 1, maximum: 9 } },
          { name: "sort", in: "query", schema: { enum: ["name", "age"] } },
        ],
        responses: {
          200: {
            description: "Lamps",
            headers: { "X-Total": { schema: { type: "integer", minimum: 0 } } },
            content: {
              "application/json": {
                schema: { type: "array", items: { $ref: "#/components/schemas/Lamp" } },
              },
            },
          },
          400: { $ref: "#/components/responses/Problem" },
          503: { $ref: "#/components/responses/Problem" },
        },
      },
      post: {
        security: [{ key: [] }],
        requestBody: {
          required: true,
          content: { "application/json": { schema: { $ref: "#/components/schemas/Lamp" } } },
        },
        responses: { 204: { description: "Made" }, "4XX": { description: "Refused" } },
      },
    },
  },
};

/** Gives one red lamp without a name, never a green one, and is always open. */
function answer({ method, url, headers, body }: Seen): { status: number; json?: unknown; text?: string } {
  const { searchParams } = new URL(url, "http://lamps");
  if (method === "GET") {
    const limit = searchParams.get("limit") ?? "1";
    const isRight = /^[1-9]$/.test(limit) && ["name", "age"].includes(searchParams.get("sort") ?? "age");
    return isRight ? { status: 200, json: [{ id: 1, colour: "red" }] } : { status: 400, text: "No." };
  }
  if (method !== "POST") return { status: 405 };
  if (headers["x-key"] !== "k-1234567890") return { status: 401 };
  try {
    const { colour, name = "", secret = "" } = JSON.parse(body);
    const isRight =
      ["red", "green"].includes(colour) &&
      typeof name === "string" &&
      [...name].length <= 5 &&
      typeof secret === "string";
    return { status: isRight ? 204 : 400 };
  } catch {
    return { status: 400 };
  }
}

const servers = new TestServers();
let folder = "";
let target = "";
let spec = "";
const file = (name: string) => join(folder, name);
const run = (...args: string[]) => command(["--spec", spec, "--auth", "key=k-1234567890", ...args]);
const coverageIn = async (name: string): Promise<Coverage> => {
  const { coverage } = parseJsonReport(await readFile(file(name), "utf8"), name).summary;
  if (!coverage) throw new Error(`${name} has no coverage`);
  return coverage;
};
/** `query limit: maximum` and its marks, of one operation. */
const marksOf = ({ operations }: Coverage, operation: string) =>
  Object.fromEntries(
    (operations.find((row) => row.operation === operation)?.items ?? []).map(
      ({ in: where, place, keyword, value, marks }) => [
        [where, place, keyword, ...(value === undefined ? [] : [value])].join(" "),
        marks,
      ],
    ),
  );

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "coverage-"));
  spec = file("lamps.json");
  await writeFile(spec, JSON.stringify(contract));
  target = await servers.serve((request, response) => {
    const { status, json, text } = answer(request);
    if (status === 405) response.setHeader("Allow", "GET, POST");
    if (json !== undefined) response.setHeader("Content-Type", "application/json");
    if (text !== undefined) response.setHeader("Content-Type", "text/plain");
    response.writeHead(status).end(json === undefined ? text : JSON.stringify(json));
  });
  const reports = ["run.json", "run.html", "run.md"].flatMap((name) => ["--report", file(name)]);
  await run("--target", target, ...reports, "--record", file("run.har"));
}, 30_000);
afterAll(async () => {
  await servers.close();
  await rm(folder, { recursive: true });
});

describe("the coverage of a contract", () => {
  it("counts each rule as tried valid, tried invalid, seen in a response, or never", async () => {
    const coverage = await coverageIn("run.json");
    expect(marksOf(coverage, "GET /lamps")).toEqual({
      "answer 200 response 200": ["seen"],
      "answer 200 media type application/json": ["seen"],
      "answer 200 header X-Total": [],
      "answer 400 response 400": ["seen"],
      "answer 400 media type text/plain": ["seen"],
      "answer 503 response 503": [],
      "answer 503 media type text/plain": [],
      "request query limit type": ["tried-valid", "tried-invalid"],
      "request query limit minimum": ["tried-valid", "tried-invalid"],
      "request query limit maximum": ["tried-valid", "tried-invalid"],
      "request query sort enum": ["tried-valid", "tried-invalid"],
      'request query sort enum value "name"': ["tried-valid"],
      'request query sort enum value "age"': ["tried-valid"],
      "answer 200 X-Total type": [],
      "answer 200 X-Total minimum": [],
      "answer 200 type": ["seen"],
      "answer 200 /* type": ["seen"],
      "answer 200 /* required id": ["seen"],
      "answer 200 /* required colour": ["seen"],
      "answer 200 /*/id type": ["seen"],
      "answer 200 /*/colour enum": ["seen"],
      'answer 200 /*/colour enum value "red"': ["seen"],
      'answer 200 /*/colour enum value "green"': [],
      "answer 200 /*/name type": [],
      "answer 200 /*/name maxLength": [],
    });
    expect(marksOf(coverage, "POST /lamps")).toEqual({
      "request key security key": ["tried-valid", "tried-invalid"],
      "request body required": ["tried-valid", "tried-invalid"],
      "request body media type application/json": ["tried-valid", "tried-invalid"],
      "answer 204 response 204": ["seen"],
      "answer 4XX response 4XX": ["seen"],
      "request body type": ["tried-valid", "tried-invalid"],
      "request body required colour": ["tried-valid", "tried-invalid"],
      "request body /colour enum": ["tried-valid", "tried-invalid"],
      'request body /colour enum value "red"': ["tried-valid"],
      'request body /colour enum value "green"': ["tried-valid"],
      "request body /name type": ["tried-valid", "tried-invalid"],
      "request body /name maxLength": ["tried-valid", "tried-invalid"],
      "request body /secret type": ["tried-valid", "tried-invalid"],
    });
    expect(coverage).toMatchObject({ items: 38, never: 8, percent: 78.9 });
  });

  it("is in every report that people read, what is missing first", async () => {
    const html = await readFile(file("run.html"), "utf8");
    const section = html.slice(html.indexOf('<section id="coverage"'));
    expect(section).toContain("8 never");
    expect(section.indexOf("GET /lamps")).toBeLessThan(section.indexOf("POST /lamps"));
    expect(section).toContain("never seen: 200 /*/colour: enum value &quot;green&quot;");
    expect(await readFile(file("run.md"), "utf8")).toContain("78.9% of the contract covered");
  });

  it("is the same of what was recorded as of the run", async () => {
    await run("--har", file("run.har"), "--report", file("har.json"));
    expect(await coverageIn("har.json")).toEqual(await coverageIn("run.json"));
  });

  it("says which part of the contract somebody's traffic uses", async () => {
    const entry = (method: string, url: string, status: number) => ({
      startedDateTime: "2026-01-01T00:00:00Z",
      time: 1,
      request: {
        method,
        url: `http://lamps.test${url}`,
        httpVersion: "HTTP/1.1",
        headers: [],
        queryString: [],
        cookies: [],
        headersSize: -1,
        bodySize: 0,
      },
      response: {
        status,
        statusText: "",
        httpVersion: "HTTP/1.1",
        headers: [{ name: "Content-Type", value: "application/json" }],
        cookies: [],
        content: { size: 2, mimeType: "application/json", text: "[]" },
        redirectURL: "",
        headersSize: -1,
        bodySize: 2,
      },
      cache: {},
      timings: { send: 0, wait: 1, receive: 0 },
    });
    const entries = [entry("GET", "/lamps?limit=3", 200), entry("GET", "/lamps?sort=size", 200)];
    await writeFile(
      file("traffic.har"),
      JSON.stringify({ log: { version: "1.2", creator: { name: "a browser", version: "1" }, entries } }),
    );
    await run("--har", file("traffic.har"), "--report", file("traffic.json"));
    const coverage = await coverageIn("traffic.json");
    const used = Object.entries(marksOf(coverage, "GET /lamps")).filter(([, marks]) => marks.length > 0);
    expect(Object.fromEntries(used)).toEqual({
      "answer 200 response 200": ["seen"],
      "answer 200 media type application/json": ["seen"],
      "request query limit type": ["tried-valid"],
      "request query limit minimum": ["tried-valid"],
      "request query limit maximum": ["tried-valid"],
      "request query sort enum": ["tried-invalid"],
      "answer 200 type": ["seen"],
    });
    expect(Object.values(marksOf(coverage, "POST /lamps")).flat()).toEqual([]);
  });

  it("is less if less is requested", async () => {
    await run("--target", target, "--phases", "examples", "--report", file("less.json"));
    expect((await coverageIn("less.json")).triedInvalid).toBe(0);
    await run("--target", target, "--only", "POST /lamps", "--report", file("part.json"));
    expect((await coverageIn("part.json")).operations.map(({ operation }) => operation)).toEqual([
      "POST /lamps",
    ]);
  });

  it("takes a credential for tried only where it is let in", async () => {
    await command(["--spec", spec, "--target", target, "--report", file("locked.json")]);
    expect(marksOf(await coverageIn("locked.json"), "POST /lamps")["request key security key"]).toEqual([
      "tried-invalid",
    ]);
  });

  it("covers nothing by requests that nobody answers", async () => {
    const report = ["--report", file("silent.json")];
    const silent = await servers.serve((_, response) => response.destroy());
    await run("--target", silent, ...report);
    expect(await coverageIn("silent.json")).toMatchObject({ percent: 0, never: 38 });
  });
});

describe("--min-coverage", () => {
  it("fails a run that covers less, in one sentence", async () => {
    const har = ["--har", file("run.har")];
    const before = await run(...har, "--min-coverage", "78.9");
    const { code, output } = await run(...har, "--min-coverage", "79");
    expect(before.code).toBe(0);
    expect(output).toContain("78.9% of the contract covered (--min-coverage requires 79%)");
    expect(output).toMatch(/✗ does not conform/);
    expect(code).toBe(1);
  });

  it.each(["80%", "101", "-1", "much", "", "NaN"])("refuses %j, and nothing is sent", async (percent) => {
    servers.seen.length = 0;
    const { code, error } = await run("--target", target, `--min-coverage=${percent}`);
    expect(error).toBe(
      `--min-coverage ${percent} isn't a number from 0 to 100: write --min-coverage 80 for 80 percent.`,
    );
    expect([code, servers.seen]).toEqual([2, []]);
  });

  it("judges merged shards as the whole", async () => {
    for (const shard of ["1", "2"])
      await run("--target", target, "--shard", `${shard}/2`, "--report", file(`${shard}.json`));
    const merged = (...more: string[]) => command(["--merge", file("1.json"), file("2.json"), ...more]);
    expect((await merged("--min-coverage", "78.9", "--report", file("merged.json"))).code).toBe(0);
    expect((await merged("--min-coverage", "79")).code).toBe(1);
    expect(await coverageIn("merged.json")).toEqual(await coverageIn("run.json"));
  });

  it("can't be judged by reports that don't say what they cover", async () => {
    const report = JSON.parse(await readFile(file("run.json"), "utf8"));
    delete report.summary.coverage;
    await writeFile(file("old.json"), JSON.stringify(report));
    const { code, error } = await command(["--merge", file("old.json"), "--min-coverage", "1"]);
    expect([code, error]).toEqual([
      2,
      expect.stringMatching(/--min-coverage can't be checked: .*write .* again/),
    ]);
  });
});
