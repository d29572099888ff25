import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { Agent, createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "proxy-check-"));
const spec = join(folder, "things.json");
const bin = fileURLToPath(new URL("../../harness/cli/bin.ts", import.meta.url));
const block = Buffer.alloc(65_536, "x");
const blocks = 1_600; // 100 MiB
const items = JSON.stringify(Array.from({ length: 20 }, (_, id) => ({ id, name: `thing ${id}` })));
const binary = { content: { "application/octet-stream": {} } };
const item = {
  type: "object",
  required: ["id", "name"],
  properties: { id: { type: "integer" }, name: { type: "string" } },
};
writeFileSync(
  spec,
  JSON.stringify({
    openapi: "3.1.0",
    info: { title: "Things", version: "1" },
    paths: {
      "/things": {
        get: {
          responses: {
            200: {
              description: "ok",
              content: { "application/json": { schema: { type: "array", items: item } } },
            },
          },
        },
      },
      "/blob": {
        get: { responses: { 200: { description: "ok", ...binary } } },
        put: { requestBody: binary, responses: { 204: { description: "done" } } },
      },
    },
  }),
);

const server = createServer((incoming, answer) => {
  if (incoming.url === "/things")
    return void answer.writeHead(200, { "content-type": "application/json" }).end(items);
  if (incoming.method === "PUT") return void incoming.resume().once("end", () => answer.writeHead(204).end());
  answer.writeHead(200, { "content-type": "application/octet-stream" });
  void pipeline(Readable.from(many()), answer).catch(() => undefined);
});

function* many(): Generator<Buffer> {
  for (let sent = 0; sent < blocks; sent++) yield block;
}

let target = "";
let address = "";
let child: ReturnType<typeof spawn>;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  target = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // a TCP server has one
  child = spawn(process.execPath, ["--import", "tsx", bin, "proxy", "--spec", spec, "--target", target], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  address = await new Promise<string>((resolve) => {
    let shown = "";
    child.stdout?.on("data", (text: Buffer) => {
      shown += text;
      const found = /Listening on (\S+);/.exec(shown)?.[1];
      if (found) resolve(found);
    });
  });
}, 60_000);

afterAll(async () => {
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  child.kill("SIGINT");
  expect(await ended).toBe(0);
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true });
});

function get(url: string, agent: Agent): Promise<number> {
  const start = performance.now();
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent }, (answer) => {
      answer.resume().once("end", () => resolve(performance.now() - start));
    });
    sent.once("error", reject);
    sent.end();
  });
}

const median = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? 0;

/** Resident memory of the proxy in MiB, as Linux tells it. */
function resident(): number {
  const kib = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, "utf8"))?.[1];
  return Number(kib) / 1024;
}

test("adds less than 2 ms to the median request", async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const [direct, passed]: [number[], number[]] = [[], []];
  // In turns, so that what else the machine does strikes both.
  for (let round = 0; round < 1_000; round++) {
    direct.push(await get(`${target}/things`, agent));
    passed.push(await get(`${address}/things`, agent));
  }
  agent.destroy();
  const added = median(passed) - median(direct);
  console.log(
    `median: ${median(direct).toFixed(2)} ms direct, ${median(passed).toFixed(2)} ms passed: ${added.toFixed(2)} ms added`,
  );
  expect(added).toBeLessThan(2);
}, 60_000);

test("100 MiB pass each way in flat memory", async () => {
  const download = async (): Promise<number> => {
    let size = 0;
    const { body } = await fetch(`${address}/blob`);
    const reader = body?.getReader();
    for (;;) {
      const chunk = await reader?.read();
      if (!chunk || chunk.done) return size;
      size += chunk.value.length;
    }
  };
  const upload = () =>
    new Promise<number | undefined>((resolve, reject) => {
      const sent = request(
        `${address}/blob`,
        { method: "PUT", headers: { "content-type": "application/octet-stream" } },
        (answer) => resolve(answer.resume().statusCode),
      );
      sent.once("error", reject);
      pipeline(Readable.from(many()), sent).catch(reject);
    });
  await download(); // buffers and code have their size by then
  const before = resident();
  let most = before;
  const watch = setInterval(() => {
    most = Math.max(most, resident());
  }, 20);
  expect(await download()).toBe(blocks * block.length);
  expect(await upload()).toBe(204);
  clearInterval(watch);
  console.log(`resident: ${before.toFixed(0)} MiB before, ${most.toFixed(0)} MiB at most`);
  expect(most - before).toBeLessThan(40);
}, 120_000);
