import { describe, expect, it } from "vitest";
import { readContract } from "../contract/load-contract.ts";
import type { HttpRequest, HttpResponse } from "../http/message.ts";
import type { RunSummary } from "./events.ts";
import type { RecordedExchange } from "./recorded-exchange.ts";
import { run } from "./run.ts";
import type { RunOptions } from "./run-options.ts";

const json = (schema: unknown) => ({ content: { "application/json": { schema } } });
const operation = (kind: string, status: number) => ({
  requestBody: {
    required: true,
    ...json({
      type: "object",
      required: [kind],
      properties: { [kind]: { type: "integer" } },
      additionalProperties: false,
    }),
  },
  responses: {
    [status]: { description: "", ...json({ type: "object", required: [kind] }) },
    400: { description: "" },
  },
});
const contract = readContract(
  Buffer.from(
    JSON.stringify({
      openapi: "3.1.0",
      info: { title: "Twins", version: "1" },
      paths: {
        "/a#x": { post: operation("x", 200), get: { responses: { 200: { description: "" } } } },
        "/a#y": { post: operation("y", 202), delete: { responses: { 204: { description: "" } } } },
      },
    }),
  ),
  "twins.json",
);

interface Asked extends HttpRequest {
  readonly given: Readonly<Record<string, unknown>>;
}
type Server = (request: Asked) => readonly [status: number, body?: unknown];

/** Tells the operations apart by what the body holds, as such servers do. */
const right: Server = ({ method, given }) => {
  if (method === "GET") return [200];
  if (method === "DELETE") return [204];
  if (method !== "POST") return [405];
  const [name = "", ...more] = Object.keys(given);
  if (more.length > 0 || !Number.isInteger(given[name])) return [400];
  return name === "x" ? [200, given] : name === "y" ? [202, given] : [400];
};

async function summary(options: Partial<RunOptions>): Promise<RunSummary> {
  for await (const event of run({ contract, ...options }))
    if (event.type === "run-finished") return event.summary;
  throw new Error("the run has no end");
}

async function judged(server: Server) {
  const exchanges: RecordedExchange[] = [];
  const send = async (request: HttpRequest) => {
    let given = {};
    try {
      given = Object(JSON.parse(Buffer.from(request.body ?? []).toString()));
    } catch {
      // what is no JSON holds nothing
    }
    const [status, body] = server({ ...request, given });
    const response: HttpResponse = {
      status,
      headers: body === undefined ? [] : [["content-type", "application/json"]],
      body: Buffer.from(body === undefined ? "" : JSON.stringify(body)),
      durationMs: 1,
    };
    exchanges.push({ place: "t", url: `http://127.0.0.1:1${request.path}`, request, response, gaps: [] });
    return { response };
  };
  const target = {
    kind: "url",
    address: "http://127.0.0.1:1",
    capabilities: { isStatic: false, allowsWrites: true },
    send,
    close: async () => undefined,
  } as const;
  const live = await summary({ target });
  return { live, recorded: await summary({ recording: { file: "t.har", exchanges } }) };
}

const checksOf = ({ findings }: RunSummary) => [
  ...new Set(findings.filter(({ severity }) => severity === "error").map(({ check }) => check)),
];

describe("operations that differ only in a fragment", () => {
  it("are identified by name, and a server that conforms to both is blamed by neither", async () => {
    const { live, recorded } = await judged(right);
    for (const one of [live, recorded]) {
      expect(checksOf(one)).toEqual([]);
      expect(one.notJudged).toContainEqual(
        expect.objectContaining({
          operation: "POST /a#x",
          reason: "its requests are also those of POST /a#y: what one of them documents counts for all",
        }),
      );
    }
    expect(live.successes?.every(({ succeeded }) => succeeded > 0)).toBe(true);
  });

  it.each<[string, Server, string]>([
    [
      "an answer that neither documents",
      (asked) => (right(asked)[0] === 200 && asked.method === "POST" ? [200, { z: 1 }] : right(asked)),
      "response-schema-conformance",
    ],
    [
      "a status that neither documents",
      (asked) => (right(asked)[0] === 202 ? [203, { y: 1 }] : right(asked)),
      "status-code-conformance",
    ],
    [
      "what breaks both and is accepted",
      (asked) => (right(asked)[0] === 400 ? [200, { x: 1 }] : right(asked)),
      "negative-data-rejection",
    ],
  ])("are still judged: %s", async (_, server, check) => {
    const { live, recorded } = await judged(server);
    expect(checksOf(live)).toContain(check);
    expect(checksOf(recorded)).toContain(check);
  });
});
