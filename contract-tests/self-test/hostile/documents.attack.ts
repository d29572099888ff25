import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hostileAnswers } from "./hostile-answers.ts";
import { hostileDocuments } from "./hostile-documents.ts";

/** Seconds of a processor and MiB of memory that no input may take. */
const mostSeconds = 10;
const mostMiB = 1_024;

const root = fileURLToPath(new URL("../../..", import.meta.url));
let folder = "";
let command = "";
let server: Server;
let address = "";
let answer: (typeof hostileAnswers)[string] | undefined;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "documents-"));
  // One file starts in half the time; it stands where the packages that it imports are found.
  command = join(root, "node_modules/.cache/hostile/bin.mjs");
  await build({
    absWorkingDir: root,
    entryPoints: ["contract-tests/harness/cli/bin.ts"],
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    outfile: command,
    logLevel: "error",
  });
  const page = "contract-tests/harness/reports/page"; // what the HTML report is made of is read beside the command
  cpSync(join(root, page), join(command, "../page"), { recursive: true });
  writeFileSync(
    join(folder, "measure.mjs"),
    `import { writeFileSync } from "node:fs";
process.on("exit", () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  writeFileSync(process.env.MEASURED, JSON.stringify({ seconds: (userCPUTime + systemCPUTime) / 1e6, mebibytes: maxRSS / 1024 }));
});`,
  );
  server = createServer((request, response) => {
    request.resume();
    response.setHeader("content-type", "application/json");
    if (answer) answer(response);
    else response.end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // a TCP server has one
}, 60_000);

afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true, force: true });
});

describe("no document takes too long or too much, or ends without a word:", () => {
  it.each(Object.entries(hostileDocuments))("%s", async (_, document) => {
    answer = undefined;
    const text = document();
    const spec = join(folder, text.startsWith("{") ? "contract.json" : "contract.yaml");
    writeFileSync(spec, text);
    expect(await judged(spec, "10")).toEqual(fine);
  });
});

describe("no answer takes too long or too much, or ends without a word:", () => {
  it.each(Object.entries(hostileAnswers))("%s", async (_, hostile) => {
    answer = hostile;
    const spec = join(folder, "answers.json");
    writeFileSync(spec, JSON.stringify(answered));
    expect(await judged(spec, "3")).toEqual(fine);
  });
});

const fine = {
  ended: true,
  isReported: true,
  isSaid: true,
  hasTrace: false,
  isQuick: true,
  isSmall: true,
  measured: expect.anything(),
};

async function judged(spec: string, cases: string): Promise<object> {
  const file = join(folder, "measured.json");
  const args = [
    "--spec",
    spec,
    "--target",
    address,
    "--timeout",
    "3000",
    "--max-time",
    "20000",
    "--max-cases",
    cases,
  ];
  const reports = ["--report", join(folder, "run.json"), "--report", join(folder, "run.html")];
  const child = spawn(
    process.execPath,
    ["--import", join(folder, "measure.mjs"), command, ...args, ...reports],
    {
      env: { ...process.env, MEASURED: file, NO_COLOR: "1" },
    },
  );
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  const timer = setTimeout(() => child.kill("SIGKILL"), 100_000);
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  clearTimeout(timer);
  const measured = code === null ? { seconds: 1e9, mebibytes: 1e9 } : JSON.parse(readFileSync(file, "utf8"));
  return {
    ended: code === 0 || code === 1 || code === 2,
    isReported: !output.includes("a report couldn't be written"),
    isSaid: code === 2 ? /error: [^\n]+|in part: /.test(output) : /conform|judged nothing/.test(output),
    hasTrace: /\n\s+at .+:\d+:\d+/.test(output),
    isQuick: measured.seconds < mostSeconds,
    isSmall: measured.mebibytes < mostMiB,
    measured: { ...measured, code, end: output.slice(-200) },
  };
}

const answered = {
  openapi: "3.1.0",
  info: { title: "Answers", version: "1" },
  paths: {
    "/t": {
      get: {
        responses: {
          200: {
            description: "ok",
            content: {
              "application/json": {
                schema: {
                  type: ["object", "array"],
                  uniqueItems: true,
                  items: { type: ["object", "string"], uniqueItems: true },
                  properties: {
                    url: { type: "string", format: "url" },
                    email: { type: "string", format: "email" },
                    date: { type: "string", format: "date-time" },
                    name: { type: "string", pattern: "^(a+)+$" },
                    size: { type: "number", multipleOf: 1e-20 },
                    self: { $ref: "#/components/schemas/Node" },
                  },
                  unevaluatedProperties: false,
                },
              },
              "text/event-stream": {},
            },
          },
        },
      },
    },
  },
  components: {
    schemas: {
      Node: {
        anyOf: [
          {
            type: "object",
            required: ["self", "a"],
            properties: { self: { $ref: "#/components/schemas/Node" } },
          },
          {
            type: "object",
            required: ["self", "b"],
            properties: { self: { $ref: "#/components/schemas/Node" } },
          },
        ],
      },
    },
  },
};
