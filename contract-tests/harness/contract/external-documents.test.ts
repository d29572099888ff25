import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadContract } from "./load-contract.ts";

const files: Record<string, string> = {
  "openapi.yaml": `openapi: 3.1.0
info: {title: Several files}
paths:
  /pets/{id}: {$ref: 'paths/pet.yaml#/item'}
  /pets:
    get: {responses: {default: {$ref: './common.json#/components/responses/Any%20thing'}}}
components:
  schemas:
    Own: {type: string, maxLength: 3}
    Id: {$id: 'https://example.com/id', type: integer}
    SameId: {$ref: 'https://example.com/id'}
`,
  "paths/pet.yaml": `item:
  parameters:
    - {$ref: '../common.json#/components/parameters/id'}
  get:
    responses:
      '200':
        description: ok
        content:
          application/json:
            schema:
              $ref: '#/schemas/pet'
schemas:
  pet:
    required: [name]
    discriminator: {propertyName: kind, mapping: {cat: '../cat.yaml', dog: '#/schemas/dog'}}
    properties:
      name: {$ref: '../openapi.yaml#/components/schemas/Own'}
      friend: {$ref: '#/schemas/pet'}
      cat: {$ref: ../cat.yaml}
  dog: {type: object}
`,
  "cat.yaml": "type: object\nproperties:\n  lives:\n    maximum: 9\n",
  "common.json": `{
  "components": {
    "parameters": { "id": { "name": "id", "in": "path", "required": true, "schema": { "type": "integer" } } },
    "responses": { "Any thing": { "description": "any" } }
  }
}`,
};

let folder: string;
let server: Server;
let address: string;
const served = new Map<string, { status?: number; headers?: Record<string, string>; body?: string }>();

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "contract-"));
  for (const [name, text] of Object.entries(files)) await write(name, text);
  served.clear();
  server = createServer((request, response) => {
    const found = served.get(request.url ?? "") ?? { status: 404 };
    response.writeHead(found.status ?? 200, found.headers).end(found.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // it listens on a port
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true });
});

async function write(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
  return path;
}

const serveAll = () => {
  for (const [name, body] of Object.entries(files))
    served.set(`/api/${name}${name === "openapi.yaml" ? "?token=secret" : ""}`, { body });
};

describe.each(["files", "addresses"])("a contract of several %s", (kind) => {
  const load = async () => {
    serveAll();
    return loadContract(
      kind === "files" ? join(folder, "openapi.yaml") : `${address}/api/openapi.yaml?token=secret`,
    );
  };
  const named = (name: string) => (kind === "files" ? join(folder, name) : `${address}/api/${name}`);

  it("is read as one", async () => {
    const contract = await load();
    expect(contract.notJudged).toEqual([]);
    expect(contract.operations.map(({ id, responses }) => [id, responses[0]?.status])).toEqual([
      ["GET /pets/{id}", "200"],
      ["GET /pets", "default"],
    ]);
    expect(contract.operations[0]?.parameters[0]?.name).toBe("id");
  });

  it("names the file and line of each rule", async () => {
    const contract = await load();
    const schema = contract.operations[0]?.responses[0]?.contents[0]?.schema ?? "";
    expect(contract.place(`${contract.resolve(schema).pointer}/required`)).toEqual({
      file: named("paths/pet.yaml"),
      line: 14,
    });
    const name = contract.resolve(`${contract.resolve(schema).pointer}/properties/name`);
    expect(contract.place(`${name.pointer}/maxLength`)).toEqual({ line: 9 });
    const cat = contract.resolve(`${contract.resolve(schema).pointer}/properties/cat`);
    expect(contract.place(`${cat.pointer}/properties/lives/maximum`)).toEqual({
      file: named("cat.yaml"),
      line: 4,
    });
  });

  it("rewrites the mapping of a discriminator as well", async () => {
    const { document } = await load();
    expect(JSON.stringify(document)).toContain(
      '"mapping":{"cat":"#/x-external-documents/cat.yaml","dog":"#/x-external-documents/paths~1pet.yaml/schemas/dog"}',
    );
  });

  it("shows no query of an address", async () => {
    expect(JSON.stringify([(await load()).file, (await load()).notJudged])).not.toContain("secret");
  });
});

describe("what can't be read", () => {
  const root = (reference: string) => `openapi: 3.1.0
paths: {/a: {get: {responses: {default: {$ref: '${reference}'}}}}}`;

  it("of a referenced document is reported, once", async () => {
    const { notJudged } = await loadContract(await write("a.yaml", root("gone.yaml#/x")));
    expect(notJudged.map(({ reason }) => reason)).toEqual([
      "the reference gone.yaml#/x can't be followed: there is no such file",
    ]);
  });

  it("since an address names no file", async () => {
    served.set("/a.yaml", { body: root("file:///etc/hostname") });
    const { notJudged } = await loadContract(`${address}/a.yaml`);
    expect(notJudged.map(({ reason }) => reason)).toEqual([
      "the reference file:///etc/hostname leaves the document, so it isn't followed",
    ]);
  });

  it("since it isn't in the other file is an error there", async () => {
    const file = await write("a.yaml", root("common.json#/nothing"));
    await expect(loadContract(file)).rejects.toThrow(/a\.yaml:2: the \$ref at .* which doesn't exist/);
  });

  it("because the other file isn't YAML names that file", async () => {
    await write("broken.yaml", "a: [1");
    const file = await write("a.yaml", root("broken.yaml"));
    await expect(loadContract(file)).rejects.toThrow(/broken\.yaml:\d+:\d+ isn't valid YAML or JSON/);
  });

  const far = { location: "https://127.0.0.1:1/x" };
  it.each<[string, { status?: number; headers?: Record<string, string>; body?: string } | undefined, RegExp]>(
    [
      ["an error", { status: 403 }, /can't be read: the server answered 403\.$/],
      ["a circle", { status: 302, headers: { location: "/a?token=1" } }, /redirects more than 5 times/],
      [
        "another scheme",
        { status: 302, headers: { location: "file:///etc/hostname" } },
        /other than an http/,
      ],
      [
        "a user in a redirect",
        { status: 302, headers: { location: "http://u:p@127.0.0.1/" } },
        /a user or a password/,
      ],
      ["nobody there", { status: 302, headers: far }, /can't be read: (ECONNREFUSED|bad port)\.$/],
      ["no contract", { body: "<!doctype html>" }, /isn't/],
    ],
  )("at an address: %s", async (_, answer, message) => {
    if (answer) served.set("/a?token=1", answer);
    const error = await loadContract(`${address}/a?token=1`).then(
      () => undefined,
      (reason: Error) => reason,
    );
    expect(error?.message).toMatch(message);
    expect(error?.message).not.toContain("token=1");
  });

  it("at an address with a password, without showing it", async () => {
    const error = await loadContract("http://me:pass@127.0.0.1:1/a").then(
      () => undefined,
      (reason: Error) => reason,
    );
    expect(error?.message).toMatch(/a user or a password/);
    expect(error?.message).not.toContain("pass@");
  });

  it("after a redirect is read like any other", async () => {
    serveAll();
    served.set("/latest", { status: 307, headers: { location: "/api/cat-only.yaml" } });
    served.set("/api/cat-only.yaml", { body: root("./common.json#/components/responses/Any%20thing") });
    const contract = await loadContract(`${address}/latest`);
    expect(contract.operations).toHaveLength(1);
  });
});
