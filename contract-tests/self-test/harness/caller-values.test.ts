import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { command, type Seen, TestServers } from "./command.ts";

const folder = mkdtempSync(join(tmpdir(), "values-"));
const servers = new TestServers();
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => servers.close());

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
}

const item = {
  type: "object",
  required: ["id", "label"],
  properties: { id: { type: "integer" }, label: { type: "string" } },
};
const found = { 200: { description: "ok", content: { "application/json": { schema: item } } } };
const missing = {
  404: { description: "none", content: { "application/json": { schema: { type: "object" } } } },
};
const id = { name: "item_id", in: "path", required: true, schema: { type: "integer", minimum: 1 } };
const spec = file("items.json", {
  openapi: "3.1.0",
  info: { title: "Items", version: "1" },
  paths: {
    "/items/{item_id}": {
      parameters: [id],
      get: {
        operationId: "getItem",
        parameters: [{ name: "shop", in: "query", schema: { type: "string" } }],
        responses: { ...found, ...missing },
      },
      delete: { operationId: "deleteItem", responses: { 204: { description: "gone" }, ...missing } },
    },
    "/items/{item_id}/label": {
      parameters: [id],
      put: {
        operationId: "putLabel",
        requestBody: {
          required: true,
          content: {
            "application/json": {
              schema: { type: "object", required: ["label"], properties: { label: { type: "string" } } },
            },
          },
        },
        responses: { ...found, ...missing },
      },
    },
  },
});

/** Items that nobody can make over HTTP. */
function items(...ids: readonly number[]) {
  const alive = new Set(ids);
  return servers.serve(({ method, url }, response) => {
    const own = Number(/^\/items\/(\d+)/.exec(url)?.[1]);
    const json = (status: number, value: unknown) => {
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
    };
    const allowed = url.includes("/label") ? ["PUT"] : ["GET", "DELETE"];
    if (!allowed.includes(method)) response.writeHead(405).end();
    else if (!alive.has(own)) json(404, {});
    else if (method === "DELETE") {
      alive.delete(own);
      response.writeHead(204).end();
    } else json(200, { id: own, label: "x" });
  });
}

const run = async (...args: readonly string[]) =>
  command([
    "--spec",
    spec,
    "--fuzz-runs",
    "4",
    "--phases",
    "coverage,fuzzing",
    "--check",
    "not-a-server-error",
    ...args,
  ]);
const idsOf = (method: string, seen: readonly Seen[]) =>
  seen
    .filter((one) => one.method === method && (method === "PUT") === one.url.includes("/label"))
    .map(({ url }) => /^\/items\/([^/?]*)/.exec(url)?.[1]);

describe("--param", () => {
  it("names what is there, for every operation that has such a parameter", async () => {
    const { output, code } = await run("--target", await items(42), "--param", "item_id=42");
    expect(code, output).toBe(0);
    expect(output).not.toMatch(/no request succeeded/);
    expect(idsOf("GET", servers.seen).filter((one) => one === "42").length).toBeGreaterThan(5);
    // What others need is deleted last.
    expect(servers.seen.findIndex(({ method }) => method === "PUT")).toBeLessThan(
      servers.seen.findIndex(({ method }) => method === "DELETE"),
    );
  });

  it("is suggested by a run without a success, and --require-success insists on it", async () => {
    const target = await items(42);
    const args = ["--target", target, "--only", "getItem"];
    const without = await run(...args, "--require-success");
    expect(without.output).toMatch(
      /– GET \/items\/\{item_id\} .*no request succeeded \(404 × \d+\): give --param item_id=…/,
    );
    expect(without.output).toContain("1 operation without a success (--require-success)");
    expect(without.code).toBe(1);
    expect((await run(...args)).code).toBe(0);
    expect((await run(...args, "--require-success", "--param", "item_id=42")).code).toBe(0);
  });

  it("goes before the document's own values, for one operation by its operationId alone", async () => {
    await run("--target", await items(1), "--param", "item_id=7", "--param", "getItem.item_id=8");
    expect(idsOf("GET", servers.seen)).toContain("8");
    expect(idsOf("GET", servers.seen)).not.toContain("7");
    expect(idsOf("PUT", servers.seen)).toContain("7");
    expect(idsOf("PUT", servers.seen)).not.toContain("8");
  });

  it("is sent where the parameter is optional, and in bodies", async () => {
    await run("--target", await items(1), "--param", "shop=north", "--param", "putLabel.label=mine");
    const gets = servers.seen.filter(({ method }) => method === "GET");
    expect(gets.filter(({ url }) => url.includes("shop=north")).length).toBeGreaterThan(gets.length / 2);
    expect(servers.seen.some(({ body }) => body === '{"label":"mine"}')).toBe(true);
  });

  it("is refused before anybody is waited for", async () => {
    const { error } = await run("--target", "http://127.0.0.1:1", "--wait-for", "60", "--param", "item=42");
    expect(error).toMatch(/--param item matches no parameter/);
  });

  it.each([
    ["item=42", /--param item matches no parameter .* did you mean item_id\?/],
    [
      "getItems.item_id=42",
      /--param getItems\.item_id matches no parameter .* did you mean getItem\.item_id\?/,
    ],
    ["item_id=many", /The value of --param item_id isn't valid against the contract's schema/],
    ["item_id", /--param needs a name, "=" and a value/],
  ])("is refused as %s", async (given, message) => {
    const { code, error } = await run("--target", await items(), "--param", given);
    expect(error).toMatch(message);
    expect(code).toBe(2);
    expect(servers.seen).toEqual([]);
  });
});

describe("--overlay", () => {
  const overlay = (...actions: readonly unknown[]) =>
    file("overlay.yaml", { overlay: "1.0.0", info: { title: "t", version: "1" }, actions });

  it("changes the document, and its examples go before what is made up", async () => {
    const path = overlay(
      { target: "$.paths['/items/{item_id}'].parameters[0]", update: { example: 5 } },
      { target: "$.paths['/items/{item_id}/label']", remove: true },
    );
    const { output } = await run("--target", await items(5), "--overlay", path);
    expect(idsOf("GET", servers.seen)).toContain("5");
    expect(servers.seen.some(({ method, url }) => method === "PUT" && url.endsWith("/label"))).toBe(false);
    expect(output).toContain("2 operations");
  });

  it("stands behind --param", async () => {
    const path = overlay({ target: "$..parameters[?@.name=='item_id']", update: { example: 5 } });
    await run("--target", await items(5), "--overlay", path, "--param", "item_id=6", "--only", "getItem");
    expect(idsOf("GET", servers.seen)).toContain("6");
    expect(idsOf("GET", servers.seen)).not.toContain("5");
  });

  it.each([
    [[{ target: "$.paths['/gone']", remove: true }], /overlay\.yaml:1: the target .* matches nothing/],
    [[{ target: "$.info", update: { title: "Items" } }], /changes nothing/],
    [[{ target: "$.info", description: "nothing" }], /neither update nor remove/],
    [[{ target: "$.[", update: {} }], /isn't a JSONPath/],
    [[{ update: {} }], /has no target/],
    [[], /has no actions/],
  ])("is refused with a dead or broken action %#", async (actions, message) => {
    const { code, error } = await run("--overlay", overlay(...actions));
    expect(error).toMatch(message);
    expect(code).toBe(2);
  });

  it.each([
    ["absent.yaml", undefined, /The overlay .*absent\.yaml can't be read/],
    ["no-overlay.yaml", "openapi: 3.1.0", /isn't an OpenAPI Overlay/],
  ])("is refused as %s", async (name, content, message) => {
    const path = content === undefined ? join(folder, name) : file(name, content);
    expect((await run("--overlay", path)).error).toMatch(message);
  });
});
