import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { loadContract } from "../contract/load-contract.ts";
import type { RunSummary } from "../run/events.ts";
import { run } from "../run/run.ts";
import { startPrismMock } from "./prism-mock.ts";

const json = (schema: unknown, more: object = {}) => ({
  content: { "application/json": { schema, ...more } },
});
const done = { 200: { description: "ok", ...json({ type: "object" }) }, 400: { description: "bad" } };
const body = json({ type: "object", required: ["a"], properties: { a: { type: "string" } } });

const post = (requestBody: unknown) => ({ post: { requestBody, responses: done } });
const answers = (schema: unknown) => ({
  get: { responses: { 200: { description: "ok", ...json(schema) } } },
});

const document = {
  openapi: "3.1.1",
  info: { title: "t", version: "1" },
  paths: {
    "/exploded": {
      get: {
        parameters: [
          {
            name: "tags",
            in: "query",
            schema: { type: "array", items: { type: "string", enum: ["a", "b"] } },
          },
        ],
        responses: done,
      },
    },
    "/null-valid": post({ required: true, ...json({ type: ["object", "null"] }) }),
    "/rounded": post(json({ type: "integer", minimum: 0, maximum: 18014398509481984 })),
    "/form": post({
      required: true,
      content: {
        "application/x-www-form-urlencoded": {
          schema: { type: "object", required: ["map"], properties: { map: { type: "object" } } },
        },
      },
    }),
    "/plain": post({ required: true, content: { "text/plain": { schema: { type: "boolean" } } } }),
    "/read-only": post({
      required: true,
      ...json({
        oneOf: [
          { type: "object", required: ["id"], properties: { id: { type: "integer", readOnly: true } } },
        ],
      }),
    }),
    "/header": {
      get: {
        responses: {
          200: {
            description: "ok",
            headers: { "X-Flag": { schema: { type: "boolean" } } },
            ...json({ type: "object" }, { example: {} }),
          },
        },
      },
    },
    "/choice": answers({ type: "string", enum: ["b"], allOf: [{ oneOf: [{ const: "a" }, { const: "b" }] }] }),
    "/null-body": { post: { requestBody: body, responses: done } },
    "/list": {
      get: {
        parameters: [
          { name: "tag", in: "query", schema: { type: ["array", "null"], items: { type: "string" } } },
        ],
        responses: done,
      },
    },
    "/events": {
      get: {
        responses: {
          200: { description: "ok", content: { "text/event-stream": { schema: { type: "string" } } } },
        },
      },
    },
    "/text": {
      get: {
        responses: {
          200: { description: "ok", content: { "text/event-stream": { schema: { type: "object" } } } },
        },
      },
    },
    "/lines": {
      get: {
        responses: {
          200: { description: "ok", content: { "application/x-ndjson": { schema: { type: "object" } } } },
        },
      },
    },
    "/generated": {
      get: {
        responses: { 200: { description: "ok", ...json({ type: "string", pattern: "^[0-9]{3}$" }) } },
      },
    },
    "/example": {
      get: {
        responses: {
          200: {
            description: "ok",
            ...json({ type: "string", pattern: "^[0-9]{3}$" }, { example: "string" }),
          },
        },
      },
    },
  },
};

async function judged(): Promise<RunSummary> {
  const folder = mkdtempSync(join(tmpdir(), "own-faults-"));
  try {
    const file = join(folder, "contract.json");
    writeFileSync(file, JSON.stringify(document));
    const contract = await loadContract(file);
    const target = await startPrismMock(contract);
    try {
      for await (const event of run({ contract, target, phases: ["examples", "coverage"] }))
        if (event.type === "run-finished") return event.summary;
    } finally {
      await target.close();
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  throw new Error("the run has no end");
}

test("what the mock alone is to blame for isn't judged, and what its document is to blame for is", async () => {
  const { findings, notJudged } = await judged();
  expect(findings.map(({ check, operation }) => [check, operation])).toEqual([
    ["response-schema-conformance", "GET /example"],
  ]);
  const ofMock = notJudged.filter(({ reason }) => reason.startsWith("the mock: "));
  expect(new Set(ofMock.map(({ check, operation }) => `${check} ${operation}`))).toEqual(
    new Set([
      "negative-data-rejection POST /null-body",
      "negative-data-rejection GET /exploded",
      "positive-data-acceptance POST /null-valid",
      "negative-data-rejection POST /rounded",
      "positive-data-acceptance POST /form",
      "positive-data-acceptance POST /plain",
      "positive-data-acceptance POST /read-only",
      "response-headers-conformance GET /header",
      "response-schema-conformance GET /choice",
      "positive-data-acceptance GET /list",
      "event-stream-conformance GET /events",
      "not-a-server-error GET /text",
      "not-a-server-error GET /lines",
      "response-schema-conformance GET /generated",
    ]),
  );
}, 60_000);
