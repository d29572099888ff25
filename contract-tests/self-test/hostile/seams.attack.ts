import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { basename, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it, vi } from "vitest";

/** Every exported function and class of the harness is a seam: in one run after the other, each throws when it is called. */
const harness = fileURLToPath(new URL("../../harness/", import.meta.url));
const modules = readdirSync(harness, { recursive: true, encoding: "utf8" }).filter(
  (name) =>
    name.endsWith(".ts") &&
    !name.endsWith(".test.ts") &&
    !name.endsWith(".d.ts") &&
    !/^(node_modules|dist|vitest)\//.test(name) &&
    !["index.ts", "cli/bin.ts", "cli/run-command.ts", "reports/sample-run.ts"].includes(name),
);
let armed: string | undefined;
let thrown = 0;
/** What throws here is read in another way. */
const hasAnotherWay = new Set(["contract/json-lines.ts#jsonLines"]);
const called = new Set<string>();

for (const module of modules) {
  vi.doMock(join(harness, module), async (importOriginal) => {
    const exported = await importOriginal<Record<string, unknown>>();
    return Object.fromEntries(
      Object.entries(exported).map(([name, value]) => [
        name,
        typeof value === "function" ? planted(`${module}#${name}`, value) : value,
      ]),
    );
  });
}

function planted(seam: string, original: object): object {
  const pass = () => {
    if (armed === undefined) called.add(seam);
    if (armed !== seam) return;
    thrown++;
    throw new Error(`planted in ${seam}`);
  };
  return new Proxy(original, {
    apply(target, self, given) {
      pass();
      return Reflect.apply(target as () => unknown, self, given); // it was a function
    },
    construct(target, given, newTarget) {
      pass();
      return Reflect.construct(target as new () => object, given, newTarget); // it was a function
    },
  });
}

const document = JSON.stringify({
  openapi: "3.1.0",
  info: { title: "Seams", version: "1" },
  paths: {
    "/things/{id}": {
      get: {
        parameters: [
          { name: "id", in: "path", required: true, schema: { type: "string", pattern: "^[a-z]{1,3}$" } },
        ],
        responses: answers(),
      },
      delete: {
        parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
        responses: { 204: { description: "gone" } },
      },
    },
    "/things": {
      get: {
        parameters: [{ name: "limit", in: "query", schema: { type: "integer", minimum: 1 } }],
        responses: answers(),
      },
      post: {
        requestBody: {
          required: true,
          content: { "application/json": { schema: { $ref: "#/components/schemas/Thing" } } },
        },
        responses: answers(201),
        security: [{ key: [] }],
      },
    },
  },
  components: {
    securitySchemes: { key: { type: "apiKey", in: "header", name: "x-key" } },
    schemas: {
      Thing: {
        type: "object",
        required: ["name"],
        properties: {
          id: { type: "string", readOnly: true },
          name: { type: "string", maxLength: 9 },
          size: { type: "number", multipleOf: 0.5 },
        },
      },
    },
  },
});

function answers(status = 200) {
  const content = { "application/json": { schema: { $ref: "#/components/schemas/Thing" } } };
  return {
    [status]: { description: "ok", content },
    400: { description: "bad" },
    401: { description: "who" },
  };
}

let folder = "";
let server: Server;
const scenarios: Record<string, string[]> = {};
const seamsOf = new Map<string, string>();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "seams-"));
  const at = (name: string) => join(folder, name);
  writeFileSync(at("contract.json"), document);
  writeFileSync(at("baseline.yaml"), "");
  server = createServer((request, response) => {
    request.resume();
    response.statusCode = request.method === "POST" ? 201 : 200;
    response
      .setHeader("content-type", "application/json")
      .end('{"id":"abc","name":"a name that is too long"}');
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // a TCP server has one
  const reports = ["html", "json", "xml", "sarif", "md"].flatMap((ending) => [
    "--report",
    at(`run.${ending}`),
  ]);
  const common = ["--spec", at("contract.json"), "--header", "x-key: canary-of-seams", ...reports];
  scenarios["live"] = [
    ...common,
    ...[
      "--target",
      `http://127.0.0.1:${port}`,
      "--record",
      at("run.har"),
      "--max-cases",
      "3",
      "--fuzz-runs",
      "2",
    ],
    ...["--baseline", at("baseline.yaml"), "--update-baseline", "--reason", "seams"],
  ];
  scenarios["recorded"] = [...common, "--har", at("run.har")];
  scenarios["merged"] = ["--merge", at("run.json"), "--report", at("merged.html")];
  for (const [name, args] of Object.entries(scenarios)) {
    called.clear();
    const { exitCode, stderr } = await outcome(args);
    expect({ name, exitCode, stderr }).toMatchObject({ exitCode: expect.toBeOneOf([0, 1]), stderr: "" });
    for (const seam of called) if (!seamsOf.has(seam)) seamsOf.set(seam, name);
  }
}, 60_000);

afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true, force: true });
});

interface Outcome {
  readonly exitCode: unknown;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command in this process. */
async function outcome(args: readonly string[]): Promise<Outcome> {
  const written = { stdout: "", stderr: "" };
  const spies = (["stdout", "stderr"] as const).map((name) =>
    vi.spyOn(process[name], "write").mockImplementation((text) => {
      written[name] += String(text);
      return true;
    }),
  );
  const before = process.exitCode;
  try {
    const { runCommand } = await import("../../harness/cli/run-command.ts");
    const late = new Promise<"late">((resolve) => setTimeout(resolve, 20_000, "late").unref());
    const end = await Promise.race([runCommand(args), late]);
    return { exitCode: end === "late" ? "it hangs" : process.exitCode, ...written };
  } catch (error) {
    return { exitCode: `it throws ${String(error)}`, ...written };
  } finally {
    process.exitCode = before;
    for (const spy of spies) spy.mockRestore();
  }
}

it("each seam's throw is one sentence and exit code 2, or is told as not judged", async () => {
  const wrong: unknown[] = [];
  let attacked = 0;
  for (const [seam, scenario] of seamsOf) {
    if (hasAnotherWay.has(seam)) continue;
    armed = seam;
    thrown = 0;
    const result = await outcome(scenarios[scenario] ?? []);
    armed = undefined;
    if (thrown === 0) continue; // it is called once a process, while the modules load
    attacked++;
    const { exitCode, stdout, stderr } = result;
    const isSentence = exitCode === 2 && /^error: [^\n]+\n$/.test(stderr);
    const isNotJudged = (exitCode === 0 || exitCode === 1) && stderr === "" && toldOf(stdout, seam);
    const trace = /\n\s+at .+:\d+:\d+/.test(stdout + stderr);
    const leak = (stdout + stderr).includes("canary-of-seams");
    if (trace || leak || !(isSentence || isNotJudged))
      wrong.push({ seam, exitCode, stderr: stderr.slice(0, 300), told: toldOf(stdout, seam), trace, leak });
  }
  expect(attacked).toBeGreaterThan(250);
  expect(wrong).toEqual([]);
}, 600_000);

/** The reason stands in the list of what isn't judged, broken into lines. */
function toldOf(stdout: string, seam: string): boolean {
  return stdout.replaceAll(/\s+/g, "").includes(`plantedin${seam}`.replaceAll(/\s+/g, ""));
}

it("finds modules to plant in", () => {
  expect(modules.map((name) => basename(name))).toContain("oracle.ts");
  expect(relative(harness, join(harness, "http"))).toBe("http");
});
