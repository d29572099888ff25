import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { checks } from "./registry.ts";

const folder = new URL(".", import.meta.url);
const page = readFileSync(new URL("../../../docs/checks.md", import.meta.url), "utf8");

it("has a file for each check, called by its id", () => {
  const files = readdirSync(folder);
  expect(checks.map(({ id }) => `${id}.ts`).filter((file) => !files.includes(file))).toEqual([]);
  expect(new Set(checks.map(({ id }) => id)).size).toBe(checks.length);
});

it("has a section of the page for each check, in the same order, and no other", () => {
  const sections = [...page.matchAll(/^## (.+)$/gm)].map(([, title]) => title);
  expect(sections).toEqual(checks.map(({ id }) => id));
});

it("says of each check what must hold, in one sentence", () => {
  expect(checks.filter(({ rule }) => !/^[A-Z].+[.)]$/.test(rule)).map(({ id }) => id)).toEqual([]);
});
