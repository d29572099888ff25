import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseProvider } from "../generate/provider.ts";
import { projectRoot } from "../project-root.ts";
import { referencesOf } from "./references.ts";
import { typedCalls } from "./typed-calls.ts";

const fixtures = join(projectRoot, "scripts/generate/fixtures");
const given = (file: string) => ({
  source: `pages/${file}`,
  text: readFileSync(join(fixtures, file), "utf8"),
});
const own = parseProvider(readFileSync(join(fixtures, "spec/provider.yaml"), "utf8"));

test("the provider's own pages become one contract, and those of others one each, described by their address", () => {
  const pages = ["siblings/move-item.md", "spec/documented/single-use-create.md", "siblings/print-label.md"];
  const [first, ...others] = referencesOf(pages.map(given), own);
  expect(first).toMatchObject({ title: "ElevenLabs, together", provider: undefined });
  expect(first?.pages.map(({ source }) => source)).toEqual([`pages/${pages[1]}`]);
  expect(others.map(({ title }) => title)).toEqual(["move-item.md", "print-label.md"]);
  for (const { provider = "" } of others)
    expect(parseProvider(provider)).toEqual({
      name: "Storage",
      keyVariable: "STORAGE_API_KEY",
      environments: new Map([["Production", "https://api.storage.test/base"]]),
      secretPrefixes: [],
      repairs: own.repairs,
    });
});

test("calls are written as users write them", () => {
  const args = ['a"b', { body: { files: [new Blob([])], n: 1.5, no: undefined, nothing: null } }];
  expect(typedCalls([{ id: "things.move-all", args }])).toContain(
    'void client["things"]["move-all"]("a\\"b", { "body": { "files": [new Blob(["a"])], "n": 1.5, "no": undefined, "nothing": null } });',
  );
});
