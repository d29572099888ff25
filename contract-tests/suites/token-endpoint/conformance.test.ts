import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, test } from "vitest";
import type { Answer } from "../../../src/simulator/handler.ts";
import { serve } from "../../../src/simulator/serve.ts";
import { startSimulator } from "../../../src/simulator/start-simulator.ts";
import { loadContract } from "../../harness/contract/load-contract.ts";
import type { RunSummary } from "../../harness/run/events.ts";
import { run } from "../../harness/run/run.ts";
import { urlTarget } from "../../harness/targets/url.ts";
import { apiKey, session, startEndpoint } from "./start-endpoint.ts";

const document = fileURLToPath(new URL("../../../src/token-endpoint/openapi.yaml", import.meta.url));

const running: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()));
});

async function judged(address: string): Promise<RunSummary> {
  const target = urlTarget(address);
  running.push(target);
  const headers = [["authorization", `Bearer ${session}`]] as const;
  for await (const event of run({ contract: await loadContract(document), target, headers })) {
    if (event.type === "run-finished") return event.summary;
  }
  throw new Error("the run did not finish");
}

/** Findings as lines, with the exchange that showed them. */
function told({ findings }: RunSummary): string[] {
  return findings.map(({ check, caseId, message, exchange }) => {
    const answer = exchange.response && Buffer.from(exchange.response.body).toString();
    return `${check}: ${caseId}: ${message} ${exchange.response?.status} ${answer}`;
  });
}

describe("the token endpoint's own OpenAPI document", { timeout: 60_000 }, () => {
  test("is kept by the endpoint, as our harness judges it", async () => {
    const simulator = await startSimulator({ apiKeys: [apiKey] });
    const endpoint = await startEndpoint(simulator.address);
    running.push(endpoint, simulator);

    const summary = await judged(endpoint.address);
    expect(told(summary)).toEqual([]);
    expect(summary.verdict).toBe("conforms");
    expect(
      summary.counts.find(({ check }) => check === "response-schema-conformance")?.passed,
    ).toBeGreaterThan(20);
  });

  test("is violated by an endpoint that issues whatever is requested", async () => {
    const careless: Answer = {
      status: 200,
      headers: { "content-type": "application/json" },
      body: '{"token":"sutkn_1","key":"sk_1"}',
    };
    const server = await serve(() => careless);
    running.push(server);
    const summary = await judged(server.address);
    const checks = new Set(summary.findings.map(({ check }) => check));
    expect([...checks]).toEqual(
      expect.arrayContaining([
        "negative-data-rejection",
        "unsupported-method",
        "response-schema-conformance",
        "response-headers-conformance",
        "ignored-auth",
      ]),
    );
  });
});
