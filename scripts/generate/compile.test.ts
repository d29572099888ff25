import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { projectRoot } from "../project-root.ts";
import { compile, type Outputs } from "./compile.ts";
import { readDocumentedPage } from "./documented-page.ts";
import { compareGenerated } from "./generated-folder.ts";
import { type Inputs, readInputs } from "./inputs.ts";
import { parseDocument } from "./parse-document.ts";
import { repairs } from "./repairs/registry.ts";

/** The page as it was first imported, frozen: these tests are about the pipeline, not about today's contract. */
const fixtures = join(projectRoot, "scripts/generate/fixtures");
const inputs = readInputs(fixtures);

/** The project's own inputs with its page changed. */
function withPage(change: (text: string) => string): Inputs {
  const pages = inputs.pages.map(({ record, page }) => {
    const text = change(page.text);
    if (text === page.text) throw new Error("the change didn't apply");
    return { record, page: readDocumentedPage(page.file, text) };
  });
  return { ...inputs, pages };
}

function withOverlay(yaml: string): Inputs {
  return {
    ...inputs,
    overlays: [{ file: "spec/overlays/x.yaml", parsed: parseDocument("spec/overlays/x.yaml", yaml) }],
  };
}

const action = (target: string, update: string, rest = "description: d, x-evidence: e"): string =>
  `overlay: 1.0.0\ninfo: {title: t, version: '1'}\nactions:\n  - {target: "${target}", update: ${update}, ${rest}}\n`;

describe("compile", () => {
  let outputs: Outputs;
  beforeAll(async () => {
    outputs = await compile(projectRoot, inputs);
  });

  it("gives for spec/ exactly what is committed under generated/", async () => {
    expect(compareGenerated(projectRoot, await compile(projectRoot, readInputs(projectRoot)))).toEqual([]);
  });

  it("gives the same bytes again", async () => {
    expect(await compile(projectRoot, readInputs(fixtures))).toEqual(outputs);
  });

  it("writes a validator module that works in an empty folder, without evaluating text", () => {
    const folder = mkdtempSync(join(tmpdir(), "validators-"));
    try {
      writeFileSync(join(folder, "validators.mjs"), outputs.get("validators.js") ?? "");
      const program = `
        const { responseValidators } = await import("./validators.mjs");
        const all = Object.values(responseValidators).flatMap(Object.values);
        console.log(JSON.stringify(all.map((validate) => [validate({ token: "x" }), validate({ token: 5 }), validate(null)])));`;
      const flags = ["--disallow-code-generation-from-strings", "--input-type=module", "-e", program];
      expect(JSON.parse(execFileSync(process.execPath, flags, { cwd: folder, encoding: "utf8" }))).toEqual([
        [true, false, false],
      ]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it("records every correction with its line in the page", () => {
    const manifest = JSON.parse(outputs.get("manifest.json") ?? "{}");
    const places = manifest.repairs.flatMap((repair: { changes: { place: string }[] }) => repair.changes);
    expect(places.length).toBeGreaterThanOrEqual(7);
    for (const { place } of places) expect(place).toMatch(/^spec\/documented\/[\w-]+\.md:[1-9]\d*$/);
  });

  it.each(
    repairs.map(({ id }) => [id]).filter(([id]) => id !== "component-names" && id !== "overlapping-one-of"),
  )("without the repair %s it refuses the page or the contract changes", async (id) => {
    const outcome = await compile(
      projectRoot,
      inputs,
      repairs.filter((repair) => repair.id !== id),
    ).catch(String);
    expect(outcome).not.toEqual(outputs);
  });

  it("refuses a defect that no repair fixes, with its place in the page", async () => {
    const without = repairs.filter(({ id }) => id !== "enum-member-objects");
    await expect(compile(projectRoot, inputs, without)).rejects.toThrow(
      /^spec\/documented\/single-use-create\.md:5[234]: .*no repair fixes it/,
    );
  });

  it("refuses a repair that matches nothing anywhere", async () => {
    const dead = { id: "dead", why: "", apply: () => [] };
    await expect(compile(projectRoot, inputs, [...repairs, dead])).rejects.toThrow(
      /dead\.ts: the repair matches nothing/,
    );
  });

  it.each([
    [
      "a dangling $ref",
      "schemas/SingleUseTokenType'",
      "schemas/Missing'",
      /md:32: the \$ref "#\/components\/schemas\/Missing" leads nowhere/,
    ],
    [
      "a remote $ref",
      "'#/components/schemas/SingleUseTokenType'",
      "'https://example.com/a.yaml'",
      /md:32: the \$ref "https:.*outside the page/,
    ],
    [
      "a $ref that leads to itself",
      "    SingleUseTokenType:\n      type: string",
      "    SingleUseTokenType:\n      $ref: '#/components/schemas/SingleUseTokenType'",
      /leads back to itself/,
    ],
    ["broken YAML", "paths:\n", "paths: [\n", /single-use-create\.md:\d+: the YAML can't be read/],
    [
      "a duplicate key",
      "openapi: 3.1.1\n",
      "openapi: 3.1.1\nopenapi: 3.1.1\n",
      /md:13: the YAML can't be read: Map keys must be unique/,
    ],
    ["OpenAPI 2", "openapi: 3.1.1", "openapi: 2.0.0", /md:12: the document says "openapi: 2.0.0"/],
    [
      "an unknown type",
      "          type: string\n          description",
      "          type: text\n          description",
      /md:\d+: .*\[.*\]/,
    ],
  ])("refuses a page with %s, with its place", async (_, from, to, message) => {
    const changed = withPage((text) => text.replace(from, to));
    await expect(compile(projectRoot, changed)).rejects.toThrow(message);
  });

  it("refuses an alias bomb without expanding it", async () => {
    const bomb = [
      "a: &a [x,x,x,x,x,x,x,x,x]",
      "b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]",
      "c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]",
      "d: [*c,*c,*c,*c,*c,*c,*c,*c,*c]",
    ];
    const changed = withPage((text) =>
      text.replace("openapi: 3.1.1\n", `openapi: 3.1.1\n${bomb.join("\n")}\n`),
    );
    await expect(compile(projectRoot, changed)).rejects.toThrow(/the YAML can't be expanded/);
  });

  const adding = (type: string): Inputs => {
    const members = "$.components.schemas.SingleUseTokenType.enum";
    const when = `description: d, x-evidence: e, x-dropped-when: "${members}[?(@ == '${type}')]"`;
    return withOverlay(action(members, `[${type}]`, when));
  };

  it("applies what the page doesn't say, and leaves out by itself, in words, what it says", async () => {
    const warnings: string[] = [];
    const warn = (sentence: string): void => void warnings.push(sentence);
    const applied = await compile(projectRoot, adding("other_type"), repairs, warn);
    expect([applied.get("enums.ts"), warnings]).toEqual([expect.stringContaining("other_type"), []]);
    const left = await compile(projectRoot, adding("tts_websocket"), repairs, warn);
    expect(left.get("enums.ts")).toBe(outputs.get("enums.ts"));
    expect(warnings).toEqual([expect.stringMatching(/x\.yaml:4: the page now says .* left out/)]);
  });

  it.each([
    [
      "matches nothing",
      action("$.paths['/gone']", "{a: 1}"),
      /yaml:4: the overlay's target .* matches nothing/,
    ],
    [
      "changes nothing",
      action("$.info", "{title: Create Single Use Token}"),
      /yaml:4: .*the page already says so/,
    ],
    ["cites no evidence", action("$.info", "{a: 1}", "description: d"), /yaml:4: .*no "x-evidence"/],
    [
      "matches nothing, though it may be dropped",
      action("$.paths['/gone']", "{a: 1}", "description: d, x-evidence: e, x-dropped-when: $.gone"),
      /yaml:4: the overlay's target .* matches nothing/,
    ],
    [
      "is dropped when nobody knows",
      action("$.info", "{a: 1}", "description: d, x-evidence: e, x-dropped-when: enum"),
      /yaml:4: .*"x-dropped-when" isn't a JSONPath/,
    ],
    ["is no overlay", "overlays: 1\n", /yaml:1: not an OpenAPI Overlay/],
  ])("refuses an overlay that %s", async (_, yaml, message) => {
    await expect(compile(projectRoot, withOverlay(yaml))).rejects.toThrow(message);
  });
});
