import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, request, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, afterEach, expect, test } from "vitest";
import { command, type Outcome } from "./command.ts";

const folder = mkdtempSync(join(tmpdir(), "proxy-"));
const spec = join(folder, "things.json");
const report = join(folder, "report.json");
afterAll(() => rmSync(folder, { recursive: true }));
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

const thing = { type: "object", required: ["name"], properties: { name: { type: "string" } } };
const json = (schema: unknown) => ({ content: { "application/json": { schema } } });
writeFileSync(
  spec,
  JSON.stringify({
    openapi: "3.1.0",
    info: { title: "Things", version: "1" },
    servers: [{ url: "/api" }],
    security: [{ key: [] }],
    paths: {
      "/things": {
        get: { responses: { 200: { description: "ok", ...json({ type: "array", items: thing }) } } },
        post: {
          requestBody: { required: true, ...json(thing) },
          responses: { 201: { description: "made", ...json(thing) }, 400: { description: "wrong" } },
        },
      },
      "/blob": {
        get: { responses: { 200: { description: "ok", content: { "application/octet-stream": {} } } } },
        put: {
          requestBody: { content: { "application/octet-stream": {} } },
          responses: { 204: { description: "done" } },
        },
      },
    },
    components: { securitySchemes: { key: { type: "apiKey", in: "header", name: "x-key" } } },
  }),
);

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  ends.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo; // a TCP server has one
  return `http://127.0.0.1:${port}`;
}

/** Begins the proxy; `end` is Ctrl-C. */
async function proxied(
  target: string,
  ...more: string[]
): Promise<{ address: string; shown: () => string; end: () => Promise<Outcome> }> {
  const stop = new AbortController();
  let output = "";
  let outcome: Promise<Outcome> | undefined;
  const address = await new Promise<string>((resolve, reject) => {
    const shown = (text: string) => {
      output = text;
      const found = /Listening on (\S+);/.exec(text)?.[1];
      if (found) resolve(found);
    };
    outcome = command(
      ["proxy", "--spec", spec, "--target", target, ...more],
      {},
      { signal: stop.signal, shown },
    );
    void outcome.then(({ error }) => reject(new Error(error)));
  });
  const end = async () => {
    stop.abort();
    return (await outcome) ?? { code: 2, output, error: "it never began" };
  };
  ends.push(() => stop.abort());
  return { address, shown: () => output, end };
}

/** Everything of an answer that a client sees. */
async function seen(
  address: string,
  path: string,
  options: { method?: string; headers?: Record<string, string>; body?: string } = {},
) {
  return new Promise<{ status: number | undefined; headers: string[]; body: string; trailers: string[] }>(
    (resolve, reject) => {
      const sent = request(
        address + path,
        { method: options.method ?? "GET", headers: { "x-key": "k", ...options.headers } },
        (answer) => {
          const chunks: Buffer[] = [];
          answer.on("data", (chunk: Buffer) => chunks.push(chunk));
          answer.once("error", reject);
          answer.once("end", () =>
            resolve({
              status: answer.statusCode,
              headers: answer.rawHeaders,
              body: Buffer.concat(chunks).toString("latin1"),
              trailers: answer.rawTrailers,
            }),
          );
        },
      );
      sent.once("error", reject);
      sent.end(options.body);
    },
  );
}

test("passes what the server answers as it is, whatever its framing, and judges it", async () => {
  const received: string[][] = [];
  const server = createServer((incoming, answer) => {
    received.push(incoming.rawHeaders);
    answer.sendDate = false;
    if (incoming.url === "/api/things?gzip=1")
      return answer
        .writeHead(200, [
          "Content-Type",
          "application/json",
          "Content-Encoding",
          "gzip",
          "X-Two",
          "1",
          "x-two",
          "2",
        ])
        .end(gzipSync("[]"));
    if (incoming.url === "/api/things?trailers=1") {
      answer.writeHead(200, { "content-type": "application/json", trailer: "x-sum" }).write("[");
      answer.addTrailers({ "x-sum": "1" });
      return answer.end("]");
    }
    answer
      .writeHead(200, "Very Well", { "content-type": "application/json", "content-length": "2" })
      .end("[]");
  });
  const target = await listening(server);
  const { address, end } = await proxied(`${target}/api`);
  for (const path of ["/things", "/things?gzip=1", "/things?trailers=1"]) {
    const direct = await seen(`${target}/api`, path, {
      headers: { "X-Mixed-Case": "1" },
    });
    expect(await seen(address, path, { headers: { "X-Mixed-Case": "1" } })).toEqual(direct);
    const [plain = [], passed = []] = received.splice(0);
    const withoutHost = (lines: string[]) =>
      lines.filter((_, index) => !/^host$/i.test(lines[index - (index % 2)] ?? "")).sort();
    expect(withoutHost(passed)).toEqual(withoutHost(plain));
  }
  const { code, output } = await end();
  expect(code, output).toBe(0);
  expect(output).toContain("GET /things");
});

test("finds what client and server do wrong while it passes, and keeps no secret of it", async () => {
  const secret = "sk-live-8f2b6c0d9e1a";
  const server = createServer((incoming, answer) => {
    incoming.resume();
    if (incoming.method === "POST")
      return answer.writeHead(201, { "content-type": "application/json" }).end('{"name":"x"}');
    answer
      .writeHead(200, { "content-type": "application/json" })
      .end(`[{"title":"no name", "api_key":"${secret}2"}]`);
  });
  const { address, shown, end } = await proxied(await listening(server), "--report", report);
  await seen(address, "/api/things", { headers: { "x-key": secret } });
  await expect.poll(shown).toContain("response-schema-conformance  GET /things");
  await seen(address, "/api/things", {
    method: "POST",
    headers: { "x-key": secret, "content-type": "application/json" },
    body: "{}",
  });
  await seen(address, "/api/nowhere", { headers: { "x-key": secret } });
  const { code, output } = await end();
  expect(code).toBe(1);
  expect(output).toMatch(/negative-data-rejection {2}POST \/things/);
  expect(output).toContain("undocumented-operation");
  const written = readFileSync(report, "utf8");
  const checks = JSON.parse(written).summary.findings.map(({ check }: { check: string }) => check);
  expect(checks).toEqual(expect.arrayContaining(["response-schema-conformance", "negative-data-rejection"]));
  expect(written + output).not.toContain(secret);
});

test("known findings pass, and what passed is recorded without its secrets", async () => {
  const secret = "sk-live-1a7c3e5f9b2d";
  const server = createServer((incoming, answer) => {
    incoming.resume();
    answer.writeHead(200, { "content-type": "application/json" }).end('[{"title":"no name"}]');
  });
  const target = await listening(server);
  const [baseline, har] = [join(folder, "known.json"), join(folder, "traffic.har")];
  const ask = async (...more: string[]) => {
    const { address, end } = await proxied(target, "--baseline", baseline, ...more);
    await seen(address, "/api/things", { headers: { "x-key": secret } });
    return end();
  };
  const first = await ask("--update-baseline", "--reason", "names come later", "--record", har);
  expect(first.code, first.output).toBe(0);
  const again = await ask();
  expect(again.code, again.output + again.error).toBe(0);
  expect(again.output).toContain("1 known finding");
  const recorded = readFileSync(har, "utf8");
  expect(recorded + readFileSync(baseline, "utf8")).not.toContain(secret);
  const judged = await command(["--spec", spec, "--har", har]);
  expect(judged.code, judged.output).toBe(1);
  expect(judged.output).toContain("response-schema-conformance");
});

test("streams both ways, and reports which bodies it hasn't read", async () => {
  const size = 8 * 1_048_576;
  const server = createServer((incoming, answer) => {
    if (incoming.method === "PUT") {
      let first = true;
      incoming.on("data", () => {
        // The server answers as soon as it sees something: a proxy that waits for the whole body would hang.
        if (first) answer.writeHead(204).end();
        first = false;
      });
      return;
    }
    answer.writeHead(200, { "content-type": "application/octet-stream", "content-length": String(size) });
    answer.end(Buffer.alloc(size, "x"));
  });
  const { address, end } = await proxied(await listening(server));
  const upload = request(`${address}/api/blob`, {
    method: "PUT",
    headers: { "x-key": "k", "content-type": "application/octet-stream" },
  });
  const status = new Promise((resolve) =>
    upload.once("response", (answer) => resolve(answer.resume().statusCode)),
  );
  upload.write("the beginning");
  expect(await status).toBe(204);
  upload.end();
  const { body } = await seen(address, "/api/blob");
  expect(createHash("sha256").update(body).digest("hex")).toBe(
    createHash("sha256").update("x".repeat(size)).digest("hex"),
  );
  const { code, output } = await end();
  expect(output).toContain("bodies of more than 1048576 bytes weren't read");
  expect(code, output).toBe(0);
});

test("passes upgraded connections, and a refused upgrade", async () => {
  const server = createServer((_, answer) => void answer.writeHead(404).end());
  server.on("upgrade", (incoming, socket) => {
    if (incoming.url === "/api/no")
      return socket.end("HTTP/1.1 401 Unauthorized\r\nContent-Length: 2\r\n\r\nno");
    socket.write(
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\nhello ",
    );
    socket.on("data", (data) => socket.write(data.toString().toUpperCase()));
    socket.on("error", () => undefined);
  });
  const { address, end } = await proxied(await listening(server));
  const talk = (path: string, say: string, until: RegExp) =>
    new Promise<string>((resolve, reject) => {
      let got = "";
      const socket = connect(Number(new URL(address).port), "127.0.0.1");
      socket.write(
        `GET ${path} HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n${say}`,
      );
      socket.on("data", (data) => {
        got += data;
        if (!until.test(got)) return;
        resolve(got);
        socket.destroy();
      });
      socket.once("error", reject);
    });
  expect(await talk("/api/ws", "loud", /LOUD/)).toMatch(/^HTTP\/1\.1 101 [\s\S]*hello LOUD$/);
  expect(await talk("/api/no", "", /no$/)).toMatch(/^HTTP\/1\.1 401 Unauthorized/);
  const { output } = await end();
  expect(output).toContain("1 upgraded connection");
});

test("an end of the server's is an end of the client's", async () => {
  const server = createServer((incoming, answer) => {
    if (incoming.url === "/api/things?cut=1")
      return answer
        .writeHead(200, { "content-type": "application/json", "content-length": "100" })
        .write("[", () => answer.destroy());
    return incoming.socket.destroy();
  });
  const { address, end } = await proxied(await listening(server));
  await expect(seen(address, "/api/things?cut=1")).rejects.toThrow(/aborted/);
  await expect(seen(address, "/api/things")).rejects.toThrow(/ECONNRESET|hang up/);
  expect((await end()).code).toBe(1);
});

test.each([
  [["proxy", "--spec", spec], "proxy needs --target URL"],
  [["proxy", "--target", "http://127.0.0.1:9"], "proxy needs --spec FILE"],
  [["proxy", "--spec", spec, "--target", "http://127.0.0.1:9"], "No server answers at http://127.0.0.1:9"],
  [["proxy", "--port", "70000"], "--port 70000 isn't a port: use 0 to 65535."],
  [["proxy", "--har", "x.har"], "proxy doesn't take --har"],
  [["--port", "1"], "--port belongs to another command"],
])("%j is refused in one sentence", async (args, message) => {
  const { code, error } = await command(args);
  expect(code).toBe(2);
  expect(error).toContain(message);
  expect(error.trim()).not.toContain("\n");
});

test("a port in use is reported, and nothing stays open", async () => {
  const target = await listening(createServer((_, answer) => void answer.end()));
  const { code, error } = await command([
    "proxy",
    "--spec",
    spec,
    "--target",
    target,
    "--port",
    new URL(target).port,
  ]);
  expect(code).toBe(2);
  expect(error).toContain("can't be used (EADDRINUSE)");
});
