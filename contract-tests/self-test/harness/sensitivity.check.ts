import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadContract } from "../../harness/contract/load-contract.ts";
import { documentProvider } from "../../harness/provider/document-provider.ts";
import type { Handler } from "../../harness/provider/handler.ts";
import { parseJsonReport } from "../../harness/reports/read-json-report.ts";
import type { Sensitivity } from "../../harness/run/sensitivity.ts";
import { type LoopbackServer, startLoopbackServer } from "../../harness/sensitivity/loopback-server.ts";
import { command } from "./command.ts";

const contract = {
  openapi: "3.1.0",
  info: { title: "Lamps", version: "1" },
  components: { securitySchemes: { key: { type: "apiKey", in: "header", name: "x-key" } } },
  paths: {
    "/lamps/{id}": {
      get: {
        parameters: [{ name: "id", in: "path", required: true, schema: { type: "integer", minimum: 1 } }],
        responses: {
          200: {
            description: "A lamp",
            content: {
              "application/json": {
                schema: { type: "object", required: ["colour"], properties: { colour: { enum: ["red"] } } },
              },
            },
          },
          "4XX": { description: "Refused" },
        },
      },
    },
    "/lamps": {
      post: {
        security: [{ key: [] }],
        requestBody: {
          required: true,
          content: {
            "application/json": {
              schema: {
                type: "object",
                properties: { size: { type: "integer", format: "int32" } },
              },
            },
          },
        },
        responses: { 204: { description: "Made" }, "4XX": { description: "Refused" } },
      },
    },
    "/odd": {
      get: {
        responses: {
          200: { description: "Nothing is both", content: { "application/json": { schema: false } } },
        },
      },
    },
  },
};

let folder = "";
let server: LoopbackServer;
let conforming: Handler;
const file = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sensitivity-"));
  await writeFile(file("lamps.json"), JSON.stringify(contract));
  const { document } = await loadContract(file("lamps.json"));
  conforming = documentProvider(document, { credentials: new Set(["the-key"]) });
  server = await startLoopbackServer();
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

/** The command on the server, which conforms unless another is given. */
function run(args: readonly string[], handler: Handler = conforming) {
  server.use(handler);
  const usual = ["--spec", file("lamps.json"), "--target", server.address, "--auth", "key=the-key"];
  return command([...usual, "--skip", "/odd", "--phases", "coverage", ...args]);
}

async function measured(args: readonly string[], handler?: Handler): Promise<Sensitivity> {
  await run([...args, "--report", file("run.json")], handler);
  return reported();
}

async function reported(): Promise<Sensitivity> {
  const { summary } = parseJsonReport(await readFile(file("run.json"), "utf8"), "run.json");
  if (!summary.sensitivity) throw new Error("The report tells of no sensitivity.");
  return summary.sensitivity;
}

describe("--sensitivity", () => {
  it("says how many of the contract's faults the run would have caught, and which not, and why", async () => {
    const { code, output } = await run(["--sensitivity", "--only", "POST", "--report", file("run.json")]);
    const whole = await reported();
    expect(whole).toMatchObject({ noticed: whole.possible - 1, tried: whole.possible });
    expect(whole.possible).toBeGreaterThan(10);
    expect(whole.missed).toEqual([
      expect.objectContaining({
        operation: "POST /lamps",
        pointer: "/paths/~1lamps/post/requestBody/content/application~1json/schema/properties/size/format",
        reason: expect.stringContaining("no request"),
      }),
    ]);
    expect(output).toContain(
      `would have caught ${whole.noticed} of the ${whole.tried} faults that the contract makes possible`,
    );
    expect(output).toContain("Faults that this run would have missed (1)");
    expect(code).toBe(0);
  });

  it("asks the server for nothing more than the run does", async () => {
    let requests = 0;
    const counting: Handler = (request) => {
      requests += 1;
      return conforming(request);
    };
    await run([], counting);
    const plain = requests;
    await run(["--sensitivity", "2"], counting);
    expect(requests).toBe(2 * plain);
  });

  it.each([
    ["POST", ["--phases", "examples"], "--phases examples,coverage,fuzzing"],
    ["GET", ["--skip-check", "response-schema-conformance"], "all checks, with their defaults"],
    ["GET", ["--max-cases", "2"], /--max-cases \d+/],
  ])("says of a run of %s with %j what would catch more", async (method, args, remedy) => {
    const { missed } = await measured([...args, "--only", method, "--sensitivity", "8"]);
    expect(missed.length).toBeGreaterThan(0);
    const remedies = missed.map((fault) => fault.remedy ?? "");
    expect(remedies).toContainEqual(typeof remedy === "string" ? remedy : expect.stringMatching(remedy));
  });

  it("counts nothing as noticed that the server never showed", async () => {
    const empty: Handler = () => ({ status: 404, headers: {}, body: "" });
    const { missed } = await measured(["--sensitivity", "all", "--only", "/lamps/{id}"], empty);
    const unseen = missed.filter(({ remedy }) => remedy?.includes("--param"));
    expect(unseen.length).toBeGreaterThan(10);
    expect(unseen[0]?.reason).toBe("no request of this operation succeeded on the server");
  });

  it("reports what no conforming server can be generated for, and counts none of it", async () => {
    server.use(conforming);
    const report = ["--report", file("odd.json")];
    const usual = ["--spec", file("lamps.json"), "--target", server.address, "--only", "/odd"];
    const { code, output } = await command([...usual, "--min-sensitivity", "0", ...report]);
    const { summary } = parseJsonReport(await readFile(file("odd.json"), "utf8"), "odd.json");
    expect(summary.sensitivity).toMatchObject({ noticed: 0, tried: 0, percent: 0 });
    expect(summary.sensitivity?.notMeasured).toEqual([
      { operation: "GET /odd", reason: expect.stringContaining("No value was found") },
    ]);
    expect(output).toContain("no fault of this contract could be tried");
    expect(code).toBe(1);
  });

  it("draws the same sample by the same seed", async () => {
    const narrow = ["--only", "GET", "--check", "unsupported-method", "--sensitivity", "3"];
    const [first, again, other] = [
      await measured([...narrow, "--seed", "3"]),
      await measured([...narrow, "--seed", "3"]),
      await measured([...narrow, "--seed", "4"]),
    ];
    expect(first).toMatchObject({ tried: 3 });
    expect(again).toEqual(first);
    expect(other.missed).not.toEqual(first.missed);
  });

  it("adds up over the parts of a contract", async () => {
    for (const part of ["GET", "POST"])
      await run(["--sensitivity", "3", "--only", part, "--report", file(`${part}.json`)]);
    await command(["--merge", file("GET.json"), file("POST.json"), "--report", file("merged.json")]);
    const { summary } = parseJsonReport(await readFile(file("merged.json"), "utf8"), "merged.json");
    expect(summary.sensitivity).toMatchObject({ noticed: 6, tried: 6, percent: 100 });
  });

  it.each(["0", "-1", "1.5", "many", ""])("refuses %j", async (count) => {
    const { code, error } = await run([`--sensitivity=${count}`]);
    expect(error).toBe(`--sensitivity ${count} is neither a whole number of at least 1 nor "all".`);
    expect(code).toBe(2);
  });

  it("has no meaning where nothing is sent", async () => {
    const { code, error } = await command(["--spec", file("lamps.json"), "--har", "x.har", "--sensitivity"]);
    expect([code, error]).toEqual([2, "--sensitivity needs a run that sends requests: omit it, or --har."]);
  });
});

describe("--min-sensitivity", () => {
  it("fails a run that would notice less, in one sentence", async () => {
    const narrow = ["--only", "GET", "--check", "unsupported-method", "--sensitivity", "2"];
    const { code, output } = await run([...narrow, "--min-sensitivity", "99.9"]);
    expect(output).toMatch(/✗ does not conform: .* \(--min-sensitivity requires 99\.9%\)/);
    expect(code).toBe(1);
    expect((await run([...narrow, "--min-sensitivity", "0"])).code).toBe(0);
  });

  it("is taken from a configuration file", async () => {
    await writeFile(
      file("conformance.yaml"),
      "sensitivity: 2\nmin-sensitivity: 100\ncheck: unsupported-method\n",
    );
    const { code, output } = await run(["--config", file("conformance.yaml"), "--only", "GET"]);
    expect(output).toContain("--min-sensitivity requires 100%");
    expect(code).toBe(1);
  });
});
