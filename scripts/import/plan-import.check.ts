import { readFileSync, renameSync, writeFileSync } from "node:fs";
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
  planImport(project.root, { given: [{ source: "new.md", text }] }, "2026-01-02");

describe("a later revision", () => {
  test("is minor, kept verbatim with its date, and mentioned in the changelog with a proposed version", async () => {
    const page = laterRevision(project.page);
    const { diff, files, version } = await plan(page);
    expect(diff?.changes.map(({ bump, message }) => `${bump}: ${message}`)).toEqual([
      'minor: A request may also say "voice_changer".',
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
      /## Unreleased\n\n- Something before\.\n\n### Changed\n\n- The contract as documented on 2026-01-02 \(minor; proposed version 1\.3\.0\):\n {2}- A request.*\n/,
    );
  });

  test.each([
    ["as `- value: x`", "        - value: voice_changer\n"],
    [
      "as `- type: stringLiteral` + `value: x`",
      "        - type: stringLiteral\n          value: voice_changer\n",
    ],
    ["as `- x`", "        - voice_changer\n"],
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
        "voice_changer",
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
    expect.stringMatching(/^spec\/overlays\/fresh-token\.yaml:\d+: .* the page already says so/),
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

test("several pages become one contract, and the diff says what is new", async () => {
  const given = ["move-item", "print-label"].map(sibling);
  const { diff, files } = await planImport(project.root, { given }, "2026-01-02");
  expect(diff?.bump).toBe("minor");
  expect(diff?.changes.map(({ message }) => message).join("\n")).toMatch(/\/v1\/items\/\{item_id\}/);
  expect([...files.keys()]).toContain("spec/documented/items-print-label.md");
});

describe("pages move", () => {
  const kept = "spec/documented/single-use-create.md";
  const plans = (...given: { source: string; text: string }[]) =>
    planImport(project.root, { given }, "2026-01-02");

  test("a page at another address, alike at its end, replaces the one that it was", async () => {
    const moved = project.page.replace("docs/api-reference/single-use", "docs/reference/v2/single-use");
    const { diff, files, warnings } = await plan(moved);
    expect(diff?.bump).toBe("none");
    expect(files.get(kept)).toBeUndefined();
    expect(files.get("spec/documented/v2-single-use-create.md")).toBe(moved);
    expect(files.get("spec/documented/provenance.json")).not.toContain("api-reference");
    expect(warnings).toEqual([expect.stringMatching(`^${kept}: .* which replace it`)]);
  });

  test("two pages of different operations, alike at their ends, are both kept", async () => {
    const other = project.page
      .replaceAll("/v1/single-use-token/{token_type}", "/v2/single-use-token/{token_type}")
      .replace("api-reference/single-use/create", "v2/single-use/create")
      .replace("tokens/singleUse.create", "tokens/singleUse/v2.create")
      .replaceAll("tokens.singleUse.create(", "tokens.singleUse.v2.create(");
    const { diff, files, warnings } = await plan(other);
    expect(diff?.bump).toBe("minor");
    expect([...files.keys()].sort()).toEqual([
      "CHANGELOG.md",
      "spec/documented/provenance.json",
      "spec/documented/v2-single-use-create.md",
      "spec/documented/v2-single-use-create.yaml",
    ]);
    expect(warnings).toEqual([]);
  });

  test("a page that was split gives way to its parts", async () => {
    const document = withSecondOperation(project.page);
    const both = await plans({ source: "both.yaml", text: document });
    expect([...both.files].filter(([, content]) => content === undefined).map(([file]) => file)).toEqual([
      kept,
      kept.replace(".md", ".yaml"),
    ]);
    expect(both.files.get("spec/documented/both.yaml")).toBe(document);
  });

  test("a page that is gone is removed, which breaks its callers", async () => {
    const further = sibling("print-label");
    const { diff, files } = await planImport(
      project.root,
      { given: [further], removed: ["https://elevenlabs.io/docs/api-reference/single-use/create"] },
      "2026-01-02",
    );
    expect(diff?.changes.map(({ message }) => message)).toContain(
      "Path `/v1/single-use-token/{token_type}` was removed.",
    );
    expect(files.has(kept) && files.get(kept)).toBeUndefined();
  });

  test.each([
    ["the last page", ["spec/documented/single-use-create.md"], /would list no page/],
    [
      "what was never imported",
      ["spec/documented/other.md"],
      /other\.md: not an imported page; give its file/,
    ],
  ])("%s can't be removed", async (_, removed, message) => {
    await expect(planImport(project.root, { removed }, "2026-01-02")).rejects.toThrow(message);
  });
});

describe("the export form moves on", () => {
  test("pages that say 3.1.0 and 3.1.1 are one contract", async () => {
    const { source, text } = sibling("print-label");
    const { diff } = await planImport(
      project.root,
      { given: [{ source, text: text.replace(/openapi: 3\.1\.\d/, "openapi: 3.1.0") }] },
      "2026-01-02",
    );
    expect(diff?.bump).toBe("minor");
  });

  test("a page without its address has the one that it was fetched from", async () => {
    const text = project.page.replace(/^Reference: .*$/m, "");
    const source = "https://elevenlabs.io/docs/api-reference/single-use/create.md";
    const { files } = await planImport(project.root, { given: [{ source, text }] }, "2026-01-02");
    expect([...files.keys()].sort()).toEqual([
      "spec/documented/provenance.json",
      "spec/documented/single-use-create.md",
    ]);
  });

  test("a page whose address has another label is the same page", async () => {
    const { files } = await plan(project.page.replace("Reference: ", "Canonical page: "));
    expect([...files.keys()]).toContain("spec/documented/single-use-create.md");
  });

  test("an OpenAPI document is a source like a page, with its provenance", async () => {
    const text = withSecondOperation(project.page);
    const source = "https://api.elevenlabs.io/openapi.yaml";
    const { diff, files } = await planImport(project.root, { given: [{ source, text }] }, "2026-01-02");
    expect(diff?.bump).toBe("minor");
    const { pages } = JSON.parse(files.get("spec/documented/provenance.json") ?? "{}");
    expect(pages).toEqual([
      {
        address: source,
        source,
        imported: "2026-01-02",
        document: { file: "spec/documented/openapi.yaml", sha256: expect.stringMatching(/^[\da-f]{64}$/) },
      },
    ]);
  });

  test("an OpenAPI 3.0 document is read as 3.1; Swagger is refused with a way out", async () => {
    const older = withSecondOperation(project.page).replace("openapi: 3.1.1", "openapi: 3.0.3");
    const plans = (text: string) =>
      planImport(project.root, { given: [{ source: "api.yaml", text }] }, "2026-01-02");
    expect((await plans(older)).diff?.bump).toBe("minor");
    await expect(plans('swagger: "2.0"\n')).rejects.toThrow(
      /api\.yaml:1: Swagger 2\.0 isn.t supported; convert/,
    );
  });

  test("a page that only lists members is refused with what to do instead", async () => {
    const text = `${project.page.split("## OpenAPI")[0]}## Request\n\n- \`token_type\` (string)\n`;
    await expect(plan(text)).rejects.toThrow(/no OpenAPI block.*import the provider's OpenAPI document/);
  });
});

test("nothing is imported while what it breaks is unknown", async () => {
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
  await expect(planImport(project.root, { given: [given, given] }, "2026-01-02")).rejects.toThrow(
    /given twice/,
  );
});

/** The project's contract with another text of its page, without linter and diff. */
function assembled(text: string) {
  const { pages, overlays } = readInputs(project.root);
  const changed = pages.map(({ record, page }) => ({ record, page: readDocumentedPage(page.file, text) }));
  return assembleContract({ pages: changed, overlays }, repairs);
}

function sibling(name: string): { source: string; text: string } {
  const file = join(projectRoot, "scripts/generate/fixtures/siblings", `${name}.md`);
  const text = readFileSync(file, "utf8").replaceAll(
    "https://api.storage.test/base",
    "https://api.elevenlabs.io",
  );
  return { source: `${name}.md`, text };
}

/** The page's document with its server, its operation's whole id, and one more operation. */
function withSecondOperation(page: string): string {
  return readDocumentedPage("page.md", page)
    .yaml.replace("operationId: create", "operationId: tokens.singleUse.create")
    .replace(/version: .*/, "version: 2.0.0")
    .replaceAll("- - subpackage_tokens\n", "- tokens\n")
    .replace(
      "paths:\n",
      "servers:\n  - url: https://api.elevenlabs.io\npaths:\n  /v1/health:\n    get:\n      operationId: health.get\n      summary: Health\n      responses:\n        '204':\n          description: Up\n",
    );
}

test("pages of another provider take the place of all others, and name the overlays that lose their targets", async () => {
  const text = `# Ping

GET https://api.other.example/v1/ping

Reference: https://docs.other.example/ping

## OpenAPI Specification

\`\`\`yaml
openapi: 3.1.1
info:
  title: Other
  version: 1.0.0
paths:
  /v1/ping:
    get:
      operationId: ping
      summary: Ping
      responses:
        '204':
          description: Pong
servers:
  - url: https://api.other.example
\`\`\`
`;
  const own = await projectCopy();
  try {
    const file = join(own.root, "spec/provider.yaml");
    const described = readFileSync(file, "utf8");
    writeFileSync(
      file,
      described
        .replace(/^environments:\n( {2}.*\n)+/m, "environments:\n  Production: https://api.other.example\n")
        .replace(/^name: .*/m, "name: Other"),
    );
    const change = { given: [{ source: "ping.md", text }], isWhole: true };
    const { files, stale, diff } = await planImport(own.root, change, "2026-01-02");
    expect(diff?.bump).toBe("major");
    expect(files.get("spec/documented/single-use-create.md")).toBeUndefined();
    expect([...files.keys()]).toContain("spec/documented/single-use-create.md");
    expect(files.get("spec/documented/ping.md")).toBe(text);
    expect(stale.length).toBeGreaterThan(0);
  } finally {
    own.remove();
  }
});
