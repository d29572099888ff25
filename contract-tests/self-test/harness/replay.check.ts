import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { serve } from "../../../src/simulator/serve.ts";
import type { Contract } from "../../harness/contract/contract.ts";
import { loadContract } from "../../harness/contract/load-contract.ts";
import { type NotesFault, notesFile, notesProvider } from "../notes-provider.ts";
import { command, TestServers } from "./command.ts";

const folder = mkdtempSync(join(tmpdir(), "replay-"));
const report = join(folder, "report.json");
const servers = new TestServers();
const ends: (() => Promise<void>)[] = [];
let contract: Contract;
beforeAll(async () => {
  contract = await loadContract(notesFile);
});
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(async () => {
  await servers.close();
  for (const end of ends.splice(0)) await end();
});

async function notes(fault?: NotesFault): Promise<string> {
  const server = await serve(notesProvider(contract, fault));
  ends.push(() => server.close());
  return server.address;
}

const counts = (output: string) => output.trimEnd().split("\n").at(-1);

/** One of each kind of sequence; the whole catalogue takes half a minute. */
const tried: readonly NotesFault[] = ["delete-keeps", "put-lost", "offset-ignored", "head-other-etag"];

test.each(tried)("%s is still there, and gone once it is fixed", async (fault) => {
  const judged = await command(["--spec", notesFile, "--target", await notes(fault), "--report", report]);
  const findings: { severity: string }[] = JSON.parse(readFileSync(report, "utf8")).summary.findings;
  const again = await command(["replay", report, "--target", await notes(fault)]);
  expect(findings.length, judged.output).toBeGreaterThan(0);
  expect(counts(again.output), again.output + again.error).toBe(
    `${findings.length} still there, 0 gone, 0 not tried`,
  );
  expect(again.code).toBe(1);
  const mended = await command(["replay", report, "--target", await notes()]);
  expect(counts(mended.output), mended.output + mended.error).toBe(
    `0 still there, ${findings.length} gone, 0 not tried`,
  );
  expect(mended.code).toBe(0);
});

const keyed = {
  openapi: "3.1.0",
  info: { title: "Keyed", version: "1" },
  security: [{ key: [] }],
  paths: {
    "/things/{id}": {
      parameters: [{ name: "id", in: "path", required: true, schema: { type: "integer", minimum: 1 } }],
      get: {
        responses: {
          200: {
            description: "ok",
            content: { "application/json": { schema: { type: "object", required: ["name"] } } },
          },
          400: { description: "wrong" },
          401: { description: "no" },
          404: { description: "none" },
        },
      },
    },
  },
  components: { securitySchemes: { key: { type: "apiKey", in: "header", name: "x-key" } } },
};

/** Wants a key, which changes, and which a login gives; `isMended`: answers what is documented, and refuses no key and a wrong one. */
function things(key: () => string, isMended: () => boolean): Promise<string> {
  return servers.serve(({ method, url, headers }, response) => {
    if (url === "/login")
      return response
        .writeHead(200, { "content-type": "application/json" })
        .end(JSON.stringify({ session: key() }));
    const given = headers["x-key"];
    const isIn = given === key() || (!isMended() && given !== undefined && given !== "");
    if (!isIn) return response.writeHead(401).end();
    const id = /^\/things\/(\d+)$/.exec(url)?.[1];
    if (method !== "GET") return response.writeHead(405, { allow: "GET" }).end();
    if (id === undefined || Number(id) < 1) return response.writeHead(400).end();
    response.writeHead(200, { "content-type": "application/json" }).end(isMended() ? '{"name":"one"}' : "{}");
  });
}

describe("secrets that were redacted from the report", () => {
  const spec = join(folder, "keyed.json");
  const old = "sk-old-5a7b90c1d2e3f4";
  const anew = "sk-new-0f1e2d3c4b5a69";
  let key = old;
  let isMended = false;

  async function judged(): Promise<string> {
    [key, isMended] = [old, false];
    writeFileSync(spec, JSON.stringify(keyed));
    const address = await things(
      () => key,
      () => isMended,
    );
    const { code, output, error } = await command(
      ["--spec", spec, "--target", address, "--header", `x-key: ${old}`, "--report", report],
      {},
    );
    expect(code, output + error).toBe(1);
    expect(readFileSync(report, "utf8")).not.toContain(old);
    key = anew;
    return address;
  }

  test("are requested, and nothing is called gone without them", async () => {
    await judged();
    const { code, output } = await command(["replay", report, "response-schema"]);
    expect(output).toContain(
      "the header x-key of GET /things/{id} contained a secret: give it again with --header or --auth",
    );
    expect(counts(output)).toBe("0 still there, 0 gone, 1 not tried");
    expect(code).toBe(2);
  });

  test.each<[string, object, Record<string, string>]>([
    ["fetched anew by a login", { login: { operation: "login", body: {}, token: "/session" } }, {}],
    ["taken from the environment", { plain: `\${KEY}` }, { KEY: anew }],
  ])(
    "are %s where the configuration file says so",
    async (_, { plain, ...fetched }: { plain?: string }, env) => {
      [key, isMended] = [old, false];
      const login = {
        post: {
          operationId: "login",
          security: [],
          requestBody: { required: true, content: { "application/json": { schema: { type: "object" } } } },
          responses: {
            200: {
              description: "in",
              content: {
                "application/json": {
                  schema: { type: "object", properties: { session: { type: "string" } } },
                },
              },
            },
          },
        },
      };
      writeFileSync(spec, JSON.stringify({ ...keyed, paths: { ...keyed.paths, "/login": login } }));
      const address = await things(
        () => key,
        () => isMended,
      );
      const only = ["--only", "/things/*", "--check", "response-schema-conformance"];
      const judgedRun = ["--spec", spec, "--target", address, "--report", report, ...only];
      const first = await command([...judgedRun, "--header", `x-key: ${old}`]);
      expect(first.code, first.output).toBe(1);
      key = anew;
      const file = join(folder, "conformance.json");
      writeFileSync(file, JSON.stringify({ auth: { key: plain ?? fetched } }));
      const there = await command(["replay", report, "--config", file], env);
      expect(counts(there.output), there.output + there.error).toBe("1 still there, 0 gone, 0 not tried");
      expect(there.output).not.toContain(anew);
      isMended = true;
      const gone = await command(["replay", report, "--config", file], env);
      expect(counts(gone.output), gone.output + gone.error).toBe("0 still there, 1 gone, 0 not tried");
    },
  );

  test.each([
    ["--header", `x-key: ${anew}`],
    ["--auth", `key=${anew}`],
  ])("are given again with %s", async (...given) => {
    await judged();
    const there = await command(["replay", report, ...given]);
    expect(counts(there.output)).toMatch(/^[2-9] still there, 0 gone, 0 not tried$/);
    expect(there.output).not.toContain(anew);
    isMended = true;
    const gone = await command(["replay", report, ...given]);
    expect(counts(gone.output), gone.output).toMatch(/^0 still there, [2-9] gone, 0 not tried$/);
    expect(gone.code).toBe(0);
  });

  test("that are outdated make nothing gone", async () => {
    await judged();
    isMended = true;
    const { code, output } = await command(["replay", report, "response-schema", "--auth", `key=${old}`]);
    expect(output).toContain("a credential is missing or no longer valid");
    expect(code).toBe(2);
  });
});

test.each([
  [["replay"], "replay needs a JSON report"],
  [["replay", "nowhere.json"], "nowhere.json can't be read (there is no such file)"],
  [["replay", notesFile], "isn't JSON: give a report written by --report FILE.json"],
  [["replay", "report.json", "--baseline", "x"], "replay doesn't take --baseline (see replay --help)."],
])("%j is refused in one sentence", async (args, message) => {
  const { code, error } = await command(args);
  expect(code).toBe(2);
  expect(error).toContain(message);
  expect(error.trim()).not.toContain("\n");
});

test("a finding that the report doesn't have is refused, and the nearest is named", async () => {
  const judged = await command([
    "--spec",
    notesFile,
    "--target",
    await notes("put-lost"),
    "--report",
    report,
  ]);
  expect(judged.code).toBe(1);
  const { error } = await command(["replay", report, "reed-after-write | GET /notes"]);
  expect(error).toContain("report.json has no finding");
});

test("a server that is no longer there is reported", async () => {
  const address = await notes("put-lost");
  await command(["--spec", notesFile, "--target", address, "--report", report]);
  for (const end of ends.splice(0)) await end();
  const { code, error } = await command(["replay", report]);
  expect(code).toBe(2);
  expect(error).toContain(`No server answers at ${address}`);
});

test("--version prints the package's version", async () => {
  const { version } = JSON.parse(
    readFileSync(new URL("../../harness/package.json", import.meta.url), "utf8"),
  );
  expect(await command(["--version"])).toMatchObject({ code: 0, output: `${version}\n` });
});
