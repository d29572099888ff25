import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import {
  type AddressInfo,
  createServer as createTcpServer,
  type Socket,
  type Server as TcpServer,
} from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer as createTlsServer } from "node:tls";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { checks } from "../../harness/checks/registry.ts";
import { readContract } from "../../harness/contract/load-contract.ts";
import type { RunSummary } from "../../harness/run/events.ts";
import { run } from "../../harness/run/run.ts";
import type { RunOptions } from "../../harness/run/run-options.ts";
import { openTarget } from "../../harness/targets/open-target.ts";
import { urlTarget } from "../../harness/targets/url.ts";
import { command } from "./command.ts";

const document = JSON.stringify({
  openapi: "3.1.0",
  info: { title: "Things", version: "1" },
  paths: Object.fromEntries(
    ["/a", "/b", "/c", "/d"].map((path) => [
      path,
      {
        get: {
          responses: {
            200: { description: "ok", content: { "application/json": { schema: { type: "object" } } } },
          },
        },
      },
    ]),
  ),
});
const contract = readContract(new TextEncoder().encode(document), "things.json");

const servers: Server[] = [];
const others: TcpServer[] = [];
const children: ChildProcess[] = [];
afterEach(async () => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  for (const server of others.splice(0)) server.close();
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // a TCP server has one
  return `http://127.0.0.1:${port}`;
}

/** A server of another protocol than HTTP. */
async function listenAt(server: TcpServer): Promise<string> {
  others.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // a TCP server has one
  return `http://127.0.0.1:${port}`;
}

async function judge(address: string, options: Partial<RunOptions> = {}): Promise<RunSummary> {
  const target = urlTarget(address);
  try {
    for await (const event of run({ contract, target, ...options }))
      if (event.type === "run-finished") return event.summary;
    throw new Error("the run ended without its end");
  } finally {
    await target.close();
  }
}

const never: RequestListener = () => undefined;
const good: RequestListener = ({ method }, response) => {
  response.statusCode = method === "GET" ? 200 : 405;
  response.setHeader("content-type", "application/json").end("{}");
};

describe("a server that never answers", () => {
  it("is abandoned after nine requests, and the verdict follows at once", async () => {
    const start = performance.now();
    const summary = await judge(await serve(never), { timeoutMs: 400 });
    expect(performance.now() - start).toBeLessThan(4 * 400 + 1_000);
    expect(summary.requestsSent).toBe(9);
    expect(summary.verdict).toBe("does-not-conform");
    expect(summary.stopped).toMatchObject({ by: "silence" });
    expect(summary.notJudged.map(({ operation, reason }) => [operation, reason])).toEqual(
      expect.arrayContaining([
        ["GET /a", "three requests in a row weren't answered, so the rest of the operation was skipped"],
        ["GET /d", "the target didn't answer three operations in a row, so the run was stopped"],
      ]),
    );
  });
});

describe("a run that is stopped", () => {
  it("by its caller ends at once with what is known, and blames nobody for the request under way", async () => {
    const stop = new AbortController();
    let answered = 0;
    const address = await serve((request, response) => {
      if (++answered < 5) return good(request, response);
      stop.abort(); // and never answers
    });
    const start = performance.now();
    const summary = await judge(address, { signal: stop.signal });
    expect(performance.now() - start).toBeLessThan(3_000);
    expect(summary.findings).toEqual([]);
    expect(summary.stopped).toEqual({ by: "caller", reason: "the run was stopped" });
    expect(summary.notJudged).toContainEqual({ operation: "GET /d", reason: "the run was stopped" });
    expect(summary.counts.length).toBeGreaterThan(0);
  });

  it("by --max-time ends in time", async () => {
    const slow: RequestListener = (request, response) => void setTimeout(() => good(request, response), 50);
    const start = performance.now();
    const summary = await judge(await serve(slow), { maxTimeMs: 300 });
    expect(performance.now() - start).toBeLessThan(4_000);
    expect(summary.stopped).toMatchObject({ by: "max-time" });
  });

  it.each(["SIGINT", "SIGTERM"] as const)(
    "by %s writes its reports, says so, and exits with 130",
    async (signal) => {
      const folder = mkdtempSync(join(tmpdir(), "ending-"));
      try {
        const [spec, report] = [join(folder, "things.json"), join(folder, "report.json")];
        writeFileSync(spec, document);
        const root = fileURLToPath(new URL("../../..", import.meta.url));
        let asked: () => void = () => undefined;
        const underWay = new Promise<void>((resolve) => {
          asked = resolve;
        });
        const address = await serve((request, response) => {
          if (request.url === "/a") good(request, response);
          else asked();
        });
        const child = spawn(
          process.execPath,
          [
            "--import",
            "tsx",
            "contract-tests/harness/cli/bin.ts",
            "--spec",
            spec,
            "--target",
            address,
            "--report",
            report,
          ],
          { cwd: root, stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, NO_COLOR: "1" } },
        );
        children.push(child);
        let output = "";
        child.stdout.on("data", (chunk) => {
          output += chunk;
        });
        await underWay;
        child.kill(signal);
        const [code] = await once(child, "exit");
        expect(code).toBe(130);
        expect(output).toMatch(/incomplete because the run was stopped/);
        const { summary } = JSON.parse(readFileSync(report, "utf8"));
        expect(summary.stopped).toEqual({ by: "caller", reason: "the run was stopped" });
        expect(summary.counts.some(({ operation }: { operation: string }) => operation === "GET /a")).toBe(
          true,
        );
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
  );
});

it("a check that fails itself has judged nothing, and the run goes on", async () => {
  const failing = {
    id: "failing",
    rule: "Fails.",
    begin: () => () => {
      throw new Error("a fault of the check's own");
    },
  };
  const summary = await judge(await serve(good), { checks: [...checks, failing] });
  expect(summary.notJudged).toContainEqual({
    operation: "GET /a",
    check: "failing",
    reason: "the check failing itself failed: a fault of the check's own",
  });
  expect(summary.verdict).toBe("conforms");
});

it("sends a request once more when the server has closed the idle connection that it went out on", async () => {
  let connections = 0;
  const server = createTcpServer((socket) => {
    let requests = 0;
    connections++;
    socket.on("error", () => undefined);
    socket.on("data", () => {
      // Every connection answers once; what comes on it after that finds it closed.
      if (++requests > 1) socket.resetAndDestroy();
      else socket.write("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // a TCP server has one
  const target = urlTarget(`http://127.0.0.1:${port}`);
  for (let request = 0; request < 4; request++)
    expect(
      await target.send({ method: "GET", path: "/a", headers: [] }, { timeoutMs: 2_000 }),
    ).toHaveProperty("response.status", 200);
  expect(connections).toBeGreaterThan(2);
  await target.close();
  server.close();
});

describe("what can't be judged at all", () => {
  it("is said once of a server that dies under way, and isn't blamed on its contract", async () => {
    let answered = 0;
    const address = await serve((request, response) => {
      good(request, response);
      if (++answered === 5) {
        servers[0]?.close();
        servers[0]?.closeAllConnections();
      }
    });
    const summary = await judge(address);
    expect(summary.stopped).toMatchObject({
      by: "target",
      reason: expect.stringContaining("the server is gone"),
    });
    expect(summary.findings).toEqual([]);
  });

  const closed = "it isn't an HTTP server: it closes every connection without sending a byte";
  it.each([
    [
      "greets",
      (socket: Socket) => socket.end("220 mail.example ESMTP\r\n"),
      "the server there doesn't speak HTTP/1.1",
    ],
    ["closes at once", (socket: Socket) => socket.destroy(), closed],
    ["ends on the first byte", (socket: Socket) => socket.once("data", () => socket.end()), closed],
    ["resets", (socket: Socket) => socket.once("data", () => socket.resetAndDestroy()), closed],
  ])("is said of something that speaks no HTTP and %s", async (_, answer, reason) => {
    const server = createTcpServer((socket) => {
      answer(socket.on("error", () => undefined));
    });
    const summary = await judge(await listenAt(server));
    expect(summary.stopped).toEqual({ by: "target", reason });
    expect(summary.findings).toEqual([]);
    expect(summary.requestsSent).toBe(3);
  });

  it("is said of a secure port that is asked without TLS, by exit 2", async () => {
    const address = await listenAt(createTlsServer({}));
    const folder = mkdtempSync(join(tmpdir(), "ending-"));
    try {
      writeFileSync(join(folder, "things.json"), document);
      const { code, output } = await command(["--spec", join(folder, "things.json"), "--target", address]);
      expect(code, output).toBe(2);
      expect(output).toContain(closed);
      expect(output).not.toContain("response-received");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("isn't said of a server that drops the connection of some requests alone, the first among them", async () => {
    const address = await serve((request, response) => {
      if (request.url === "/a") request.socket.destroy();
      else good(request, response);
    });
    const summary = await judge(address, { workers: 4 });
    expect(summary.stopped).toBeUndefined();
    expect(summary.findings).toMatchObject([{ check: "response-received", operation: "GET /a" }]);
  });

  it.each(["end", "destroy"] as const)("is said of an aborted handshake (%s)", async (how) => {
    const server = createTcpServer((socket) => {
      socket.on("error", () => undefined).once("data", () => socket[how]());
    });
    const summary = await judge((await listenAt(server)).replace("http:", "https:"));
    expect(summary.stopped).toEqual({
      by: "target",
      reason: "no secure connection could be established: the handshake was aborted (EPROTO)",
    });
    expect(summary.findings).toEqual([]);
  });

  it("is said of a server without TLS that is asked for a secure connection", async () => {
    const address = await serve(good);
    const summary = await judge(address.replace("http:", "https:"));
    expect(summary.stopped).toMatchObject({
      by: "target",
      reason: expect.stringMatching(/^no secure connection could be established: [\w ]+ \(EPROTO\)$/),
    });
    expect(summary.findings).toEqual([]);
  });
});

it("waits for a server that is still starting", async () => {
  const probe = await serve(good);
  const [server] = servers.splice(0);
  await new Promise((resolve) => server?.close(resolve));
  const opening = openTarget({ url: probe, contract, waitForMs: 10_000 });
  setTimeout(() => {
    const later = createServer(good).listen(Number(new URL(probe).port), "127.0.0.1");
    servers.push(later);
  }, 400);
  const target = await opening;
  expect(target.address).toBe(probe);
  await target.close();
  await expect(openTarget({ url: "http://127.0.0.1:1", contract })).rejects.toThrow(
    "No server answers at http://127.0.0.1:1 (ECONNREFUSED): start it, or correct --target.",
  );
});
