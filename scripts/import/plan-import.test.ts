import { readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { assembleContract } from "../generate/assemble-contract.ts";
import { readDocumentedPage } from "../generate/documented-page.ts";
import { readInputs } from "../generate/inputs.ts";
import { valueAt } from "../generate/json.ts";
import { repairs } from "../generate/repairs/registry.ts";
import { projectRoot } from "../project-root.ts";
import { type ImportPlan, planImport } from "./plan-import.ts";
import { breakingRevision, laterRevision, type ProjectCopy, projectCopy } from "./testing/project-copy.ts";

let project: ProjectCopy;
beforeAll(async () => {
  project = await projectCopy();
});
afterAll(() => project.remove());

const plan = (text: string): Promise<ImportPlan> =>
  planImport(project.root, [{ source: "new.md", text }], "2026-01-02");

describe("a later revision", () => {
  test("is minor, kept verbatim with its date, and told in the changelog with a proposed version", async () => {
    const page = laterRevision(project.page);
    const { diff, files, version } = await plan(page);
    expect(diff?.changes.map(({ bump, message }) => `${bump}: ${message}`)).toEqual([
      'minor: A request may also say "batch_scribe".',
      "minor: Parameter `xi-api-key` in header became optional.",
      expect.stringMatching(/^minor: Server/),
      expect.stringMatching(/^minor: Server/),
    ]);
    expect(version).toBe("1.3.0");
    expect([...files.keys()].sort()).toEqual([
      "CHANGELOG.md",
      "spec/documented/provenance.json",
      "spec/documented/single-use-create.md",
      "spec/documented/single-use-create.yaml",
    ]);
    expect(files.get("spec/documented/single-use-create.md")).toBe(page);
    expect(page).toContain(files.get("spec/documented/single-use-create.yaml"));
    expect(files.get("spec/documented/provenance.json")).toContain('"imported": "2026-01-02"');
    expect(files.get("CHANGELOG.md")).toMatch(
      /## Unreleased\n\n- The contract as documented on 2026-01-02 \(minor; proposed version 1\.3\.0\):\n {2}- A request.*\n(.*\n)*- Something before\.\n$/,
    );
  });

  test.each([
    ["as `- value: x`", "        - value: batch_scribe\n"],
    [
      "as `- type: stringLiteral` + `value: x`",
      "        - type: stringLiteral\n          value: batch_scribe\n",
    ],
    ["as `- x`", "        - batch_scribe\n"],
  ])(
    "may write the new member %s and its names with a prefix, and nothing else is new",
    async (_, member) => {
      const now = await assembled(project.page);
      const later = await assembled(laterRevision(project.page, member));
      const schemas = ["components", "schemas"];
      expect(Object.keys(valueAt(later.document, schemas) ?? {})).toEqual(
        Object.keys(valueAt(now.document, schemas) ?? {}),
      );
      expect(valueAt(later.document, [...schemas, "SingleUseTokenType", "enum"])).toEqual([
        "realtime_scribe",
        "tts_websocket",
        "batch_scribe",
      ]);
      expect(later.stale).toEqual([]);
    },
  );
});

test("a breaking revision is major, names the lines of src/ that it hurts, and the overlay that loses its target", async () => {
  const { diff, version, stale } = await plan(breakingRevision(project.page));
  expect(diff?.bump).toBe("major");
  expect(version).toBe("2.0.0");
  const [removed] = (diff?.changes ?? []).filter(({ rule }) => rule === "property-removed");
  expect(removed?.mentions).toContainEqual({ file: "src/mint.ts", line: 1, name: "token" });
  expect(stale).toEqual([
    expect.stringMatching(/^spec\/overlays\/fresh-token\.yaml:\d+: the overlay's target .* matches nothing/),
  ]);
});

test("an overlay that says what the page now says itself is named", async () => {
  const said = "        token:\n          type: string\n          minLength: 1\n          x-fresh: true\n";
  const { stale } = await assembled(project.page.replace("        token:\n          type: string\n", said));
  expect(stale).toEqual([
    expect.stringMatching(/^spec\/overlays\/fresh-token\.yaml:\d+: .* the page now says so itself/),
  ]);
});

test("the same page again changes nothing, not even its date", async () => {
  const { diff, files } = await plan(project.page);
  expect(diff?.bump).toBe("none");
  expect([...files.keys()]).toEqual([]);
});

test("a change of the page's words alone is kept without a changelog entry", async () => {
  const { diff, files, version } = await plan(
    project.page.replace("async function main", "async function run"),
  );
  expect(diff?.bump).toBe("none");
  expect(version).toBeUndefined();
  expect([...files.keys()].sort()).toEqual([
    "spec/documented/provenance.json",
    "spec/documented/single-use-create.md",
  ]);
});

test("several pages become one contract, and the diff tells what is new", async () => {
  const siblings = join(projectRoot, "scripts/generate/fixtures/siblings");
  const given = ["move-item", "print-label"].map((name) => ({
    source: `${name}.md`,
    text: readFileSync(join(siblings, `${name}.md`), "utf8").replaceAll(
      "https://api.storage.test/base",
      "https://api.elevenlabs.io",
    ),
  }));
  const { diff, files } = await planImport(project.root, given, "2026-01-02");
  expect(diff?.bump).toBe("minor");
  expect(diff?.changes.map(({ message }) => message).join("\n")).toMatch(/\/v1\/items\/\{item_id\}/);
  expect([...files.keys()]).toContain("spec/documented/items-print-label.md");
});

test("two pages that would be kept as one file are refused", async () => {
  const other = project.page.replace("docs/api-reference/single-use/create", "docs/v2/single-use/create");
  await expect(plan(other)).rejects.toThrow(
    /new\.md: would be kept as spec\/documented\/single-use-create\.md, which is the page https/,
  );
});

test("nothing is imported while nothing can tell what it breaks", async () => {
  const generated = join(project.root, "generated");
  renameSync(generated, `${generated}.away`);
  try {
    await expect(plan(project.page)).rejects.toThrow(
      /^generated\/openapi\.yaml: the file is missing, .*npm run generate/,
    );
  } finally {
    renameSync(`${generated}.away`, generated);
  }
});

test("a page is refused for calls that stand in each other's way, as generate would", async () => {
  const other = project.page
    .replaceAll("/v1/single-use-token/{token_type}", "/v1/single-use-token/{token_type}/more")
    .replace("single-use/create\n", "single-use/more\n")
    .replace("tokens/singleUse.create", "tokens/singleUse/create.more")
    .replace("operationId: create", "operationId: more");
  await expect(plan(other)).rejects.toThrow(/tokens\.singleUse\.create.* is also the beginning/);
});

test("the same page twice in one import is refused", async () => {
  const given = { source: "new.md", text: project.page };
  await expect(planImport(project.root, [given, given], "2026-01-02")).rejects.toThrow(/given twice/);
});

/** The project's contract with another text of its page, without linter and diff. */
function assembled(text: string) {
  const { pages, overlays } = readInputs(project.root);
  const changed = pages.map(({ record, page }) => ({ record, page: readDocumentedPage(page.file, text) }));
  return assembleContract({ pages: changed, overlays }, repairs);
}
