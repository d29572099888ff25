import { once } from "node:events";
import { createWriteStream, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { InputError } from "../cli/input-error.ts";
import { planImport } from "./plan-import.ts";
import { readSource } from "./read-source.ts";
import { badPages } from "./testing/bad-pages.ts";
import { type PageServer, pageServer } from "./testing/page-server.ts";
import { type ProjectCopy, projectCopy } from "./testing/project-copy.ts";

let project: ProjectCopy;
let server: PageServer;
/** Where the pages to import are, outside the project. */
const given = mkdtempSync(join(tmpdir(), "given-"));
const limits = { bytes: 5_000_000, milliseconds: 400 };

beforeAll(async () => {
  project = await projectCopy();
  server = await pageServer((request, response) => {
    const path = request.url ?? "";
    if (path === "/slow.md") response.write("# Create");
    else if (path === "/loop.md") response.writeHead(302, { location: "/loop.md" }).end();
    else if (path === "/away.md") response.writeHead(302, { location: "http://localhost:9/page.md" }).end();
    else if (path === "/insecure.md") response.writeHead(301, { location: "ftp://127.0.0.1/page.md" }).end();
    else if (path === "/html.md")
      response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html>");
    else if (path === "/moved.md") response.writeHead(308, { location: "/page.md" }).end();
    else if (path === "/page.md") response.end(project.page);
    else if (path === "/endless.md") endless(response);
    else response.writeHead(404).end();
  });
});

afterAll(async () => {
  await server.close();
  project.remove();
  rmSync(given, { recursive: true, force: true });
});

async function importing(source: string): Promise<unknown> {
  const before = project.snapshot();
  try {
    return await planImport(
      project.root,
      { given: [{ source, text: await readSource(source, limits) }] },
      "2026-01-02",
    );
  } catch (error) {
    expect(project.snapshot()).toEqual(before);
    return error;
  }
}

describe("a page that can't be used is refused in one sentence with its place", () => {
  test.each(badPages)("$name", async ({ change, message }) => {
    const file = join(given, "page.md");
    writeFileSync(file, change(project.page));
    const error = await importing(file);
    expect(error).toBeInstanceOf(InputError);
    expect(String(error)).toMatch(message);
    expect(String(error)).not.toContain("\n");
  });

  test("a page of 100 MB, of which no more than the limit is read", async () => {
    const file = join(given, "huge.md");
    const stream = createWriteStream(file);
    const megabyte = Buffer.alloc(1_000_000, "x");
    for (let index = 0; index < 100; index += 1) if (!stream.write(megabyte)) await once(stream, "drain");
    stream.end();
    await once(stream, "finish");
    await expect(readSource(file, limits)).rejects.toThrow(/huge\.md: more than 5 MB/);
  });
});

describe("an address that can't be used is refused in one sentence", () => {
  test.each([
    ["a server that dawdles", "/slow.md", /slow\.md: not received within 0\.4 s/],
    ["a redirect loop", "/loop.md", /loop\.md: redirects more than 5 times/],
    ["a redirect to another host", "/away.md", /away\.md: redirects to another host, localhost:9/],
    [
      "a redirect to another scheme",
      "/insecure.md",
      /insecure\.md: redirects to ftp: and only https: is allowed/,
    ],
    ["HTML instead of markdown", "/html.md", /html\.md: answered HTML, not markdown/],
    ["a page without end", "/endless.md", /endless\.md: more than 5 MB/],
    ["a page that isn't there", "/gone.md", /gone\.md: answered 404/],
  ])("%s", async (_, path, message) => {
    const error = await importing(server.origin + path);
    expect(error).toBeInstanceOf(InputError);
    expect(String(error)).toMatch(message);
  });

  test.each([
    ["http: to another machine", "http://192.0.2.1/page.md", /only https: is allowed/],
    ["a file: address", "file:///etc/hostname", /only https: is allowed/],
    [
      "a password in the address, which isn't repeated",
      "https://me:secret@example.com/",
      /^InputError: https:\/\/…@example/,
    ],
    [
      "a password in an address that is refused for something else",
      "http://me:secret@192.0.2.1/",
      /^InputError: http:\/\/…@192\.0\.2\.1\/: only https:/,
    ],
    [
      "a password in what is no address",
      "https://me:secret@[x/",
      /^InputError: https:\/\/…@\[x\/: not a valid/,
    ],
    [
      "nobody listening",
      "http://127.0.0.1:9/page.md",
      /can't be reached \(ECONNREFUSED\)|can't be reached \(bad port\)/,
    ],
    ["a folder", "scripts", /^InputError: scripts: not a file/],
    ["nothing", "nowhere.md", /^InputError: nowhere\.md: no such file/],
  ])("%s", async (_, source, message) => {
    const error = await importing(source);
    expect(error).toBeInstanceOf(InputError);
    expect(String(error)).toMatch(message);
  });

  test("a redirect on the same host is followed", async () => {
    expect(await readSource(`${server.origin}/moved.md`, limits)).toBe(project.page);
  });
});

function endless(response: ServerResponse): void {
  const chunk = Buffer.alloc(100_000, "x");
  const more = (): void => {
    if (response.destroyed) return;
    if (response.write(chunk)) setImmediate(more);
    else response.once("drain", more);
  };
  more();
}
