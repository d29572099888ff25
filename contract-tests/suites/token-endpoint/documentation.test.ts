import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";

const page = "docs/browser-transcription.md";
const read = (file: string) => readFile(new URL(`../../../${file}`, import.meta.url), "utf8");

describe(page, async () => {
  const markdown = await read(page);
  const quotes = [...markdown.matchAll(/<!-- file: (\S+) -->\n\n```\w+\n([\s\S]*?)```/g)];

  test.each(quotes.map(([, file = "", code = ""]) => ({ file, code })))(
    "quotes $file as it is, which is tested",
    async ({ file, code }) => {
      expect(code).toBe(await read(file));
    },
  );

  test("quotes every step", () => {
    expect(quotes.map(([, file]) => file)).toEqual([
      "docs/examples/guide/server.js",
      "docs/examples/guide/page/index.html",
      "docs/examples/guide/page/app.js",
      "docs/examples/demo/page/get-token.js",
      "docs/examples/demo/page/open-transcription.js",
      "docs/examples/guide/simulator.js",
      "docs/examples/token-endpoint.ts",
      "docs/examples/express.ts",
      "docs/examples/test-without-the-provider.ts",
    ]);
  });

  test("links to files that are there", async () => {
    const links = [...markdown.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, link = ""]) => link);
    expect(links.length).toBeGreaterThan(5);
    await Promise.all(
      links.map((link) => readFile(new URL(link, new URL(`../../../${page}`, import.meta.url)))),
    );
  });

  test("its example of a test without the provider runs to its end", async () => {
    await import("../../../docs/examples/test-without-the-provider.ts");
  });
});
