import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hostileAnswers } from "./hostile-answers.ts";
import { hostileDocuments } from "./hostile-documents.ts";
import { Turns } from "./take-turns.ts";

/** Seconds of a processor and MiB of memory that no input may take. */
const mostSeconds = 10;
const mostMiB = 1_024;

const root = fileURLToPath(new URL("../../..", import.meta.url));
let folder = "";
let turns: Turns;
let server: Server;
let address = "";
let answer: (typeof hostileAnswers)[string] | undefined;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "documents-"));
  turns = await Turns.begin(root);
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
  await turns.close();
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
    expect(await judged(spec, "10")).toEqual([]);
  });
});

describe("no answer takes too long or too much, or ends without a word:", () => {
  it.each(Object.entries(hostileAnswers))("%s", async (_, hostile) => {
    answer = hostile;
    const spec = join(folder, "answers.json");
    writeFileSync(spec, JSON.stringify(answered));
    expect(await judged(spec, "3")).toEqual([]);
  });
});

/** What is wrong with how a run ended: one sentence each. */
async function judged(spec: string, cases: string): Promise<readonly string[]> {
  const asked = ["--spec", spec, "--target", address, "--timeout", "1500", "--max-time", "20"];
  const reports = ["--report", join(folder, "run.json"), "--report", join(folder, "run.html")];
  const { exitCode, output, seconds, mebibytes } = await turns.run([
    ...asked,
    "--max-cases",
    cases,
    ...reports,
  ]);
  const isSaid = exitCode === 2 ? /error: [^\n]+|in part: / : /conform|judged nothing/;
  const wrong = {
    [`it ended with ${String(exitCode)}`]: ![0, 1, 2].includes(Number(exitCode ?? Number.NaN)),
    "a report is missing": output.includes("a report couldn't be written"),
    "it ended without a word": !isSaid.test(output),
    "it shows a stack trace": /\n\s+at .+:\d+:\d+/.test(output),
    [`it took ${seconds.toFixed(1)} s of a processor`]: seconds > mostSeconds,
    [`it took ${mebibytes.toFixed(0)} MiB`]: mebibytes > mostMiB,
  };
  const told = Object.keys(wrong).filter((what) => wrong[what]);
  return told.length === 0 ? [] : [...told, output.slice(-300)];
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
                  items: { $ref: "#/components/schemas/Item" },
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
              ...Object.fromEntries(
                ["x-www-form-urlencoded", "jsonl", "yaml"].map((type) => [
                  `application/${type}`,
                  { schema: { type: ["object", "array"], additionalProperties: { type: "number" } } },
                ]),
              ),
              "multipart/form-data": { schema: { type: "object" } },
            },
          },
        },
      },
    },
  },
  components: {
    schemas: {
      Item: { type: ["object", "string", "number"], uniqueItems: true, required: ["id"] },
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
