import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { projectRoot } from "../project-root.ts";
import { relativeLinks } from "./relative-links.ts";

const pages = ["", "docs", "docs/decisions", "spec", "contract-tests/harness"].flatMap((folder) =>
  readdirSync(join(projectRoot, folder))
    .filter((name) => name.endsWith(".md"))
    .map((name) => join(folder, name)),
);

test.each(pages)("%s links only files that there are", (page) => {
  const links = relativeLinks(readFileSync(join(projectRoot, page), "utf8"));
  expect(links.filter((link) => !existsSync(join(projectRoot, dirname(page), link)))).toEqual([]);
});

test("the map of the documentation lists every page", () => {
  const links = relativeLinks(readFileSync(join(projectRoot, "docs/README.md"), "utf8"));
  const documents = readdirSync(join(projectRoot, "docs")).filter((name) => /\.md$/.test(name));
  expect(documents.filter((name) => name !== "README.md" && !links.includes(name))).toEqual([]);
});

test("the README fits on two screens", () => {
  const lines = readFileSync(join(projectRoot, "README.md"), "utf8").trimEnd().split("\n");
  expect(lines.length).toBeLessThanOrEqual(120);
});
