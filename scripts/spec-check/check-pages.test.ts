import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type PageServer, pageServer } from "../import/testing/page-server.ts";
import { laterRevision, type ProjectCopy, projectCopy } from "../import/testing/project-copy.ts";
import { checkPages, exitCodeOf } from "./check-pages.ts";

let project: ProjectCopy;
let server: PageServer;
let served: string | undefined;
const asked: string[] = [];

beforeAll(async () => {
  project = await projectCopy();
  server = await pageServer((request, response) => {
    asked.push(request.url ?? "");
    if (served === undefined) response.writeHead(503).end();
    else if (served === "gone") response.writeHead(410).end();
    else response.writeHead(200, { "content-type": "text/markdown" }).end(served);
  });
});

afterAll(async () => {
  await server.close();
  project.remove();
});

async function check(page: string | undefined) {
  served = page;
  const before = project.snapshot();
  const result = await checkPages(project.root, { origin: server.origin });
  expect(project.snapshot()).toEqual(before);
  return result;
}

test("the same page is 0, and its markdown form was asked for", async () => {
  const result = await check(project.page);
  expect(exitCodeOf(result)).toBe(0);
  expect(result.unchanged).toEqual(["spec/documented/single-use-create.md"]);
  expect(asked.at(-1)).toBe("/docs/api-reference/single-use/create.md");
});

test("a changed page is 1, with the diff", async () => {
  const result = await check(laterRevision(project.page));
  expect(exitCodeOf(result)).toBe(1);
  expect(result.diff?.bump).toBe("minor");
});

test("a page of which other words changed is 1, and the contract is the same", async () => {
  const result = await check(`${project.page}\n`);
  expect(exitCodeOf(result)).toBe(1);
  expect(result.diff?.bump).toBe("none");
});

test.each([
  ["a server in trouble", undefined, /answered 503/],
  [
    "a page that is gone",
    "gone",
    /answered 410; .* npm run spec:remove -- spec\/documented\/single-use-create\.md$/,
  ],
  ["a page that can't be used any more", "# Moved\n", /no ```yaml block/],
])("%s is 2, with the reason", async (_, page, reason) => {
  const result = await check(page);
  expect(exitCodeOf(result)).toBe(2);
  expect(result.failures).toEqual([expect.stringMatching(reason)]);
});

test("what was imported from a file without an address is reported, and checking nothing is 2", async () => {
  const file = join(project.root, "spec/documented/provenance.json");
  const before = readFileSync(file, "utf8");
  writeFileSync(file, before.replace(/"address": ".*"/, '"address": "file:api.yaml"'));
  try {
    const result = await checkPages(project.root, { origin: server.origin });
    expect(result).toMatchObject({
      unchecked: ["spec/documented/single-use-create.md"],
      unchanged: [],
      failures: [],
    });
    expect(exitCodeOf(result)).toBe(2);
  } finally {
    writeFileSync(file, before);
  }
});
