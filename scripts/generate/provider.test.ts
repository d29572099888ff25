import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { projectRoot } from "../project-root.ts";
import { parseProvider, refuseOtherProvider } from "./provider.ts";

const text = readFileSync(join(projectRoot, "scripts/generate/fixtures/spec/provider.yaml"), "utf8");

test("a provider is read with its repairs in order", () => {
  const { name, keyVariable, environments, secretPrefixes, repairs } = parseProvider(text);
  expect({ name, keyVariable, secretPrefixes }).toEqual({
    name: "ElevenLabs",
    keyVariable: "ELEVENLABS_API_KEY",
    secretPrefixes: ["sk_", "sutkn_"],
  });
  expect([...environments][0]).toEqual(["Production", "https://api.elevenlabs.io"]);
  expect(repairs.map(({ id }) => id)).toEqual([
    "enum-member-objects",
    "overlapping-one-of",
    "nested-tags",
    "empty-content",
    "qualified-operation-id",
    "info-version",
    "server-from-heading",
    "component-names",
  ]);
});

test("a provider may need no repair and have no secret that is known by its beginning", () => {
  const { repairs, secretPrefixes } = parseProvider(
    "name: Acme\nkeyVariable: ACME_KEY\nenvironments:\n  Main: https://api.acme.test/\n",
  );
  expect({ repairs, secretPrefixes }).toEqual({ repairs: [], secretPrefixes: [] });
});

describe("what can't be used is refused with its line", () => {
  test.each([
    ["no name", "name: ElevenLabs", "name:", /:5: name must be a name such as Acme/],
    ["a name that is code", "name: ElevenLabs", "name: A{}", /:5: name must be/],
    ["a variable that is none", "ELEVENLABS_API_KEY", '"a b"', /:8: keyVariable must be the name of an env/],
    [
      "an http: address",
      "https://api.eu.",
      "http://api.eu.",
      /:15: environments\.ProductionEu must be an https: address/,
    ],
    ["an address with a user", "https://api.eu.", "https://me:pw@api.eu.", /without user/],
    [
      "a name of an environment that is code",
      "ProductionEu",
      "'a b'",
      /:15: environments\.a b must be called like/,
    ],
    ["a beginning that is a pattern", "sk_", "'.*'", /:21: secretPrefixes\.0 must be what keys begin with/],
    [
      "a repair that isn't there",
      "- nested-tags",
      "- nested",
      /:29: repairs\.2 must be one of enum-member-objects,/,
    ],
    ["a repair twice", "- nested-tags", "- empty-content", /:30: repairs\.3 must be named once/],
    [
      "a member that is unknown",
      "keyVariable",
      "keyvariable",
      /:8: keyvariable isn't a known member; use name,/,
    ],
    [
      "no addresses",
      /environments:[\s\S]*?\n\n/,
      "environments: {}\n\n",
      /environments must be addresses by name/,
    ],
  ])("%s", (_, from, to, message) => {
    const changed = text.replace(from, to);
    expect(changed).not.toBe(text);
    expect(() => parseProvider(changed)).toThrow(message);
    expect(() => parseProvider(changed)).not.toThrow("pw");
  });
});

test("pages of another provider are refused: a key goes to the default address", () => {
  const provider = parseProvider(text);
  expect(() => refuseOtherProvider(provider, "https://api.elevenlabs.io", "page.md:3")).not.toThrow();
  expect(() => refuseOtherProvider(provider, "https://api.acme.test", "page.md:3")).toThrow(
    /^spec\/provider\.yaml: the default environment Production is https:\/\/api\.elevenlabs\.io, but the pages are of https:\/\/api\.acme\.test \(page\.md:3\)/,
  );
});
