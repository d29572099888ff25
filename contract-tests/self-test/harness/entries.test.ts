import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { command, TestServers } from "./command.ts";

const folder = mkdtempSync(join(tmpdir(), "entries-"));
const servers = new TestServers();
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => servers.close());

function file(name: string, content: unknown): string {
  writeFileSync(join(folder, name), typeof content === "string" ? content : JSON.stringify(content));
  return join(folder, name);
}

const get = (operationId: string) => ({
  get: {
    operationId,
    parameters: [{ name: "n", in: "query", required: true, schema: { type: "integer", minimum: 1 } }],
    responses: {
      200: { description: "ok", content: { "application/json": { schema: { type: "object" } } } },
    },
  },
});
const spec = file("openapi.json", {
  openapi: "3.1.0",
  info: { title: "Two", version: "1" },
  paths: { "/a": get("a"), "/b/c": get("b") },
});

/** Never refuses anything, and answers /b/c with an undocumented status. */
const lenient = () =>
  servers.serve(({ method, url }, response) => {
    const status = method !== "GET" ? 405 : url.startsWith("/b") ? 203 : 200;
    response.writeHead(status, { "content-type": "application/json" }).end("{}");
  });

const run = async (entries: unknown, ...args: readonly string[]) =>
  command([
    "--spec",
    spec,
    "--target",
    await lenient(),
    "--phases",
    "coverage",
    "--config",
    file("conformance.json", { operations: entries }),
    ...args,
  ]);

it("shows in the progress what it waits for", async () => {
  let limited = true;
  const target = await servers.serve(({ method }, response) => {
    const status = limited ? 429 : method === "GET" ? 200 : 405;
    response.writeHead(status, { "content-type": "application/json", "retry-after": "0" }).end("{}");
    limited = false;
  });
  const { output } = await command(["--spec", spec, "--target", target, "--phases", "coverage"]);
  expect(output).toContain("waiting 0 ms: the target answered 429 (GET /a)");
});

describe("an entry for some operations", () => {
  it("accepts statuses, turns checks off or into warnings, and says so", async () => {
    const without = await run([]);
    expect(without.code).toBe(1);
    const entries = [
      {
        match: "/b/**",
        "accept-status": { "status-code-conformance": 203 },
        "skip-check": "negative-data-rejection",
      },
      { match: "a", "warn-check": ["negative-data-rejection"] },
    ];
    const { code, output } = await run(entries);
    expect(code, output).toBe(0);
    expect(output).toMatch(/1 operation without a complaint|✓ GET \/b\/c/);
    expect(output).toMatch(/! GET \/a/);
    expect(output).toContain("turned off for this operation");
  });

  it("sends headers and values with its own operations alone, the command's before them", async () => {
    const entries = [
      { match: "a", header: { "x-own": "1" }, param: { n: 77 }, "max-cases": 3 },
      { match: "GET /b/*", param: { n: 78 } },
    ];
    await run(entries, "--param", "b.n=79", "--header", "x-all: 2");
    const seen = servers.seen.filter(({ method }) => method === "GET");
    const of = (path: string) => seen.filter(({ url }) => url.startsWith(path));
    expect(of("/a").every(({ headers }) => headers["x-own"] === "1" && headers["x-all"] === "2")).toBe(true);
    expect(of("/b").every(({ headers }) => headers["x-own"] === undefined)).toBe(true);
    expect(of("/a").some(({ url }) => url === "/a?n=77")).toBe(true);
    expect(of("/b").some(({ url }) => url === "/b/c?n=79")).toBe(true);
    expect(seen.some(({ url }) => url.includes("n=78"))).toBe(false);
    expect(new Set(of("/a").map(({ url }) => url)).size).toBeLessThanOrEqual(3);
  });

  it.each([
    [[{ match: "/nowhere" }], /conformance\.json: operations\[0\] "\/nowhere" matches no operation/],
    [[{ match: "a", param: { m: 1 } }], /operations\[0\]: param m matches no parameter/],
    [[{ match: "a", param: { n: 0 } }], /value of .*operations\[0\]: param n isn't valid/],
    [
      [{ match: "a", "skip-check": "stabilty" }],
      /operations\[0\]: There is no check stabilty: did you mean stability/,
    ],
  ])("is refused as %j", async (entries, message) => {
    const { code, error } = await run(entries);
    expect(error).toMatch(message);
    expect(code).toBe(2);
    expect(servers.seen).toEqual([]);
  });
});
