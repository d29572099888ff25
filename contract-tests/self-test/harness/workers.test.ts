import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, expect, it } from "vitest";
import { command, TestServers } from "./command.ts";

const folder = mkdtempSync(join(tmpdir(), "workers-"));
const servers = new TestServers();
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => servers.close());

const json = (schema: unknown) => ({ content: { "application/json": { schema } } });
const row = { type: "object", required: ["id"], properties: { id: { type: "integer" } } };
const spec = join(folder, "openapi.json");
writeFileSync(
  spec,
  JSON.stringify({
    openapi: "3.1.0",
    info: { title: "Rows", version: "1" },
    paths: {
      "/rows": {
        get: {
          parameters: [
            { name: "limit", in: "query", schema: { type: "integer", minimum: 1, maximum: 50 } },
            { name: "kind", in: "query", schema: { enum: ["a", "b", "c"] } },
          ],
          responses: {
            200: { description: "ok", ...json({ type: "array", items: row }) },
            400: { description: "no" },
          },
        },
        post: {
          requestBody: {
            required: true,
            ...json({ type: "object", required: ["name"], properties: { name: { type: "string" } } }),
          },
          responses: { 201: { description: "made", ...json(row) }, 400: { description: "no" } },
        },
      },
    },
  }),
);

/** Has faults of its own, answers in an order of its own, and notes how many it is asked at a time. */
async function rows() {
  const busy = { reads: 0, mostReads: 0, writes: 0, mostWrites: 0 };
  let made = 0;
  const target = await servers.serve(async ({ method, url, body }, response) => {
    const kind = ["GET", "HEAD", "OPTIONS", "TRACE"].includes(method) ? "reads" : "writes";
    busy[kind]++;
    busy.mostReads = Math.max(busy.mostReads, busy.reads);
    busy.mostWrites = Math.max(busy.mostWrites, busy.writes);
    await new Promise((resolve) => setTimeout(resolve, (url.length * 7) % 5));
    busy[kind]--;
    const answer = (status: number, value: unknown) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
    if (method === "GET") answer(200, url.includes("kind=b") ? [{ id: "text" }] : [{ id: 1 }]);
    else if (method === "POST") answer(body.includes("name") ? 201 : 500, { id: ++made });
    else answer(405, {});
  });
  return { target, busy };
}

async function findings(workers: number) {
  const { target, busy } = await rows();
  const report = join(folder, "report.json");
  const { code } = await command([
    "--spec",
    spec,
    "--target",
    target,
    "--workers",
    String(workers),
    "--report",
    report,
  ]);
  const { summary } = JSON.parse(readFileSync(report, "utf8"));
  const { counts, verdict, successes } = summary;
  const found = summary.findings.map(({ id, caseId, occurrences }: Record<string, unknown>) => [
    id,
    caseId,
    occurrences,
  ]);
  return { result: { code, verdict, counts, successes, found }, busy };
}

it("finds the same with any number of workers, and writes one at a time", async () => {
  const one = await findings(1);
  const warnings: unknown[] = [];
  const warned = (warning: unknown) => warnings.push(warning);
  process.on("warning", warned);
  const many = await findings(12);
  process.off("warning", warned);
  expect(warnings).toEqual([]);
  expect(one.result.found.length).toBeGreaterThan(2);
  expect(many.result).toEqual(one.result);
  expect([one.busy.mostReads, one.busy.mostWrites]).toEqual([1, 1]);
  expect(many.busy.mostReads).toBeGreaterThan(2);
  expect(many.busy.mostWrites).toBe(1);
});

it.each(["0", "-1", "many", "1.5"])("takes no %s workers", async (workers) => {
  const { code, error } = await command(["--spec", spec, "--workers", workers]);
  expect(error).toMatch(/--workers .* isn't a whole number of at least 1/);
  expect(code).toBe(2);
});
