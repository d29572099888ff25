import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

const document = `openapi: 3.1.0
info: { title: Greetings, version: "1" }
paths:
  /greetings/{name}:
    get:
      operationId: greet
      parameters:
        - { name: name, in: path, required: true, schema: { type: string, minLength: 1, maxLength: 20, pattern: "^[a-z]+$" } }
      responses:
        "200":
          description: A greeting.
          content:
            application/json:
              schema: { type: object, required: [text], properties: { text: { type: string } } }
              example: { text: hello ada }
        "422": { description: The name isn't valid. }
`;

/** By import, in JavaScript: runs on every line of Node. */
const main = (address: string) => `
import { judgeExchange, loadContract, openTarget, renderReport, run } from "openapi-conformance";

const contract = await loadContract("greetings.yaml");
const verdicts = [];
for (const url of ["${address}", "${address}/liar"]) {
  const target = await openTarget({ url, contract });
  for await (const event of run({ contract, target })) {
    if (event.type !== "run-finished") continue;
    verdicts.push(event.summary.verdict);
    if (!renderReport("html", { contract, ...event }).includes("<html")) throw new Error("no page");
  }
  await target.close();
}
const request = { method: "GET", path: "/greetings/ada", headers: [] };
const body = new TextEncoder().encode('{"text":7}');
const { operation, findings } = await judgeExchange(contract, {
  request,
  response: { status: 200, headers: [["content-type", "application/json"]], body, durationMs: 1 },
});
if (operation !== "GET /greetings/{name}" || findings.length !== 1) throw new Error(JSON.stringify(findings));
if (verdicts.join() !== "conforms,does-not-conform") throw new Error(verdicts.join());
console.log("conforms, and the liar does not");
`;

/** As a team would type it. */
const typed = `
import { type Finding, type RunOptions, type Target, loadContract, run, UserError } from "openapi-conformance";
import { describeConformance } from "openapi-conformance/vitest";

export async function errorsOf(target: Target): Promise<readonly Finding[]> {
  const options: RunOptions = { contract: await loadContract("greetings.yaml"), target, seed: 2, maxTimeMs: 60_000 };
  for await (const event of run(options)) if (event.type === "run-finished") return event.summary.findings;
  throw new UserError("no end");
}
describeConformance({ spec: "greetings.yaml", target: () => Promise.resolve("http://127.0.0.1:1"), fuzzRuns: 3 });
// @ts-expect-error: a run needs a contract
run({});
`;

const suite = (address: string) => `
import { describeConformance } from "openapi-conformance/vitest";
describeConformance({ spec: "greetings.yaml", target: "${address}" });
`;

/** A team's own files in an empty folder: its document, its scripts, its suite. */
export function writeConsumer(folder: string, address: string): void {
  const files = {
    "greetings.yaml": document,
    "main.mjs": main(address),
    "consumer.mts": typed,
    "greetings.test.mjs": suite(address),
    "tsconfig.json": JSON.stringify({
      compilerOptions: {
        module: "NodeNext",
        target: "ES2023",
        lib: ["ES2023", "DOM"],
        strict: true,
        noEmit: true,
        types: [],
        skipLibCheck: true,
      },
      files: ["consumer.mts"],
    }),
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
}

/** A server that conforms to the document, and below /liar one that doesn't. */
export async function greetingServer(): Promise<{ address: string; close(): Promise<void> }> {
  const server = createServer(({ url = "", method }, response) => {
    const [, liar, name = ""] = /^(\/liar)?\/greetings\/([^/?]*)/.exec(url) ?? [];
    const isName = /^[a-z]{1,20}$/.test(name);
    const status = method === "GET" ? (isName || liar ? 200 : 422) : 405;
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(status === 200 ? { text: liar ? 7 : `hello ${name}` } : {}));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // a TCP server has one
  return {
    address: `http://127.0.0.1:${port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
