import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { projectRoot } from "../project-root.ts";
import { givenPages } from "./given-pages.ts";
import { linksOf } from "./links-of.ts";
import { type PageServer, pageServer } from "./testing/page-server.ts";

const fixtures = join(projectRoot, "scripts/generate/fixtures");
const page = readFileSync(join(fixtures, "spec/documented/single-use-create.md"), "utf8");
const document = readFileSync(join(fixtures, "spec/documented/single-use-create.yaml"), "utf8");
const index = `# Documentation

- [Guide](/docs/guide): how to begin
- [Create](/docs/api-reference/single-use/create.md): makes one
- [Create, once more](/docs/api-reference/single-use/create#sample)
- [Code](https://github.com/somebody/something)
`;
let server: PageServer;
const folder = mkdtempSync(join(tmpdir(), "given-"));

beforeAll(async () => {
  server = await pageServer((request, response) => {
    if (request.url === "/llms.txt") response.end(index);
    else if (request.url === "/docs/guide.md") response.end("# Guide\n\nBegin here.\n");
    else if (request.url === "/docs/api-reference/single-use/create.md") response.end(page);
    else response.writeHead(404).end();
  });
  mkdirSync(join(folder, "reference"));
  writeFileSync(join(folder, "guide.md"), "# Guide\n");
  writeFileSync(join(folder, "package.json"), "{}\n");
  writeFileSync(join(folder, "reference/create.md"), page);
  writeFileSync(join(folder, "reference/openapi.yaml"), document);
  writeFileSync(join(folder, "llms.txt"), "- [Create](reference/create.md)\n");
});

afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

test("an index is read: its pages once each, those on other hosts not at all, and guides are skipped and named", async () => {
  const { pages, leftOut } = await givenPages([`${server.origin}/llms.txt`]);
  const source = `${server.origin}/docs/api-reference/single-use/create.md`;
  expect(pages).toEqual([{ source, text: page }]);
  expect(leftOut).toEqual([`${server.origin}/docs/guide.md: skipped, since it has no OpenAPI block`]);
});

test("an index may be a file beside its pages", async () => {
  const { pages } = await givenPages([join(folder, "llms.txt")]);
  expect(pages.map(({ source }) => source)).toEqual([join(folder, "reference/create.md")]);
});

test("a folder is read with all that is in it, OpenAPI documents too", async () => {
  const { pages, leftOut } = await givenPages([folder]);
  expect(pages.map(({ source }) => source)).toEqual([
    join(folder, "reference/create.md"),
    join(folder, "reference/openapi.yaml"),
  ]);
  expect(leftOut).toHaveLength(2);
});

test("a part of a folder is named by what its addresses hold", async () => {
  const { pages } = await givenPages([folder], "reference/create");
  expect(pages).toHaveLength(1);
  await expect(givenPages([folder], "nowhere")).rejects.toThrow(
    /lists no documented API page whose address contains/,
  );
});

test("a page that is named must be there", async () => {
  await expect(givenPages([join(folder, "nowhere.md")])).rejects.toThrow(/nowhere\.md: no such file/);
});

test("links are found in time that grows no faster than the index", () => {
  const spent = (length: number): number => {
    const start = performance.now();
    for (const hostile of ["](", "](a", "]([("])
      linksOf("https://example.com/llms.txt", hostile.repeat(length));
    return performance.now() - start;
  };
  spent(1_000);
  expect(spent(64_000)).toBeLessThan(Math.max(1_500, 64 * spent(4_000)));
});
