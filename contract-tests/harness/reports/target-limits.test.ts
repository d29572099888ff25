import { expect, it } from "vitest";
import { readContract } from "../contract/load-contract.ts";
import { run } from "../run/run.ts";
import type { Target } from "../run/target.ts";
import { renderReport } from "./render-report.ts";
import { type ReportFormatName, reportFormats } from "./report-formats.ts";

const document = {
  openapi: "3.1.0",
  info: { title: "Limited", version: "1" },
  paths: { "/a": { get: { responses: { 200: { description: "" } } } } },
};

it.each(Object.keys(reportFormats) as ReportFormatName[] /* its own keys */)(
  "what a target says that it can't show is told in a report: %s",
  async (format) => {
    const contract = readContract(Buffer.from(JSON.stringify(document)), "limited.json");
    const limit = "the mock takes any value where schemas refer to each other";
    const target: Target = {
      kind: "url",
      address: "http://127.0.0.1:1",
      capabilities: { isStatic: true, allowsWrites: true },
      limits: [limit],
      send: async () => ({ response: { status: 200, headers: [], body: new Uint8Array(), durationMs: 1 } }),
      close: async () => undefined,
    };
    for await (const event of run({ contract, target, phases: ["coverage"] }))
      if (event.type === "run-finished") {
        const { header, summary } = event;
        expect(renderReport(format, { contract, header, summary })).toContain(limit);
        return;
      }
    throw new Error("the run has no end");
  },
);
