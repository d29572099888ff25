import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { projectRoot } from "../project-root.ts";
import { compile, type Outputs } from "./compile.ts";
import { readDocumentedPage } from "./documented-page.ts";
import { type Inputs, readInputs } from "./inputs.ts";

/** Made-up pages with every shape that the exporter is known to write on sibling pages. */
const fixtures = join(projectRoot, "scripts/generate/fixtures");
const { samples, provider } = readInputs(fixtures);
const environments = new Map([["Production", "https://api.storage.test/base"]]);
const folder = mkdtempSync(join(tmpdir(), "siblings-"));

function pageText(name: string): string {
  return readFileSync(join(fixtures, "siblings", `${name}.md`), "utf8");
}

function withPages(...pages: readonly (readonly [name: string, text: string])[]): Inputs {
  return {
    samples,
    overlays: [],
    hashes: {},
    provider: { ...provider, environments },
    pages: pages.map(([name, text]) => {
      const file = `spec/documented/${name}.md`;
      const record = {
        address: "https://example.com",
        imported: "2026-01-02",
        page: { file, sha256: "" },
        document: { file, sha256: "" },
      };
      return { record, page: readDocumentedPage(file, text) };
    }),
  };
}

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("sibling pages, as they come", () => {
  let outputs: Outputs;
  let validate: (data: unknown) => boolean;

  beforeAll(async () => {
    outputs = await compile(
      projectRoot,
      withPages(["move-item", pageText("move-item")], ["print-label", pageText("print-label")]),
    );
    for (const [file, content] of outputs) {
      if (!file.startsWith("validators")) continue;
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), content);
    }
    writeFileSync(join(folder, "package.json"), '{"type":"module"}');
    const { responseValidators } = await import(pathToFileURL(join(folder, "validators.js")).href);
    validate = (await responseValidators["storage.items.moveItem"]())["200 application/json"];
  });

  it("become one contract, with the server that the headings name and equal components once", () => {
    const contract = parse(outputs.get("openapi.yaml") ?? "");
    expect(contract.servers).toEqual([{ url: "https://api.storage.test/base" }]);
    expect(Object.keys(contract.paths)).toEqual(["/v1/items/{item_id}", "/v1/items/{item_id}/label"]);
    expect(Object.keys(contract.components.schemas)).toContain("Crate");
    expect(JSON.stringify(contract)).not.toContain("type_");
  });

  it("keep a default beside the reference to its enum", () => {
    const contract = parse(outputs.get("openapi.yaml") ?? "");
    expect(contract.components.schemas.MoveItemRequestNotify).toEqual({
      type: "string",
      enum: ["nobody", "owner"],
      default: "nobody",
    });
    expect(outputs.get("enums.ts")).toContain('Nobody: "nobody"');
  });

  it("become calls with the SDK's names, a body where there is one and bytes where they answer bytes", () => {
    const surface = outputs.get("call-surface.ts") ?? "";
    expect(surface).toMatch(/storage: \{\s*readonly items: \{/);
    expect(surface).toMatch(/moveItem\(item_id: .*, request\??: \{.*body/);
    expect(surface).toMatch(/printLabel\(.*\): ArrayBuffer;/);
    expect(outputs.get("operations.ts")?.match(/: "bytes"/g)).toHaveLength(1);
  });

  it("take the bearer header for the credential", () => {
    expect(outputs.get("operations.ts")).toMatch(/"credential": \[\s*"Authorization",\s*"Bearer "\s*\]/);
  });

  const way = { kind: "hand" };

  it.each([
    ["a value that keeps two alternatives of an overlapping oneOf", { moved: [], way, weight: 3 }],
    ["an object that keeps two alternatives", { moved: [{ aisle: 1, label: "a" }], way, weight: 1.5 }],
    ["null where the page allows it", { moved: [], way, weight: "heavy", remark: null, parent: null }],
    ["a recursive value", { moved: [], way, weight: 1, parent: { label: "a", inside: [{ label: "b" }] } }],
  ])("accept %s", (_, value) => expect(validate(value)).toBe(true));

  it.each([
    ["what fits no alternative", { moved: [], way, weight: true }],
    [
      "an unknown value of a property that tells alternatives apart",
      { moved: [], way: { kind: "crane" }, weight: 1 },
    ],
    [
      "a fault deep in a recursive value",
      { moved: [], way, weight: 1, parent: { label: "a", inside: [{ label: 1 }] } },
    ],
    ["null where the page doesn't allow it", { moved: [], way: null, weight: 1 }],
  ])("refuse %s", (_, value) => expect(validate(value)).toBe(false));

  it("say in the manifest where oneOf became anyOf, and leave the others", () => {
    const { repairs } = JSON.parse(outputs.get("manifest.json") ?? "{}");
    const [loosened] = repairs.filter(({ id }: { id: string }) => id === "overlapping-one-of");
    expect(loosened.changes.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      "/components/schemas/type_:Weight/oneOf",
      "/components/schemas/type_:MoveItemResponseModelWithEverythingThatMoved/properties/moved/items/oneOf",
    ]);
    for (const { place } of loosened.changes) expect(place).toMatch(/move-item\.md:\d+$/);
  });
});

describe("pages that fit together", () => {
  const label = pageText("print-label");
  it("are one contract however many they are", async () => {
    const pages = Array.from({ length: 30 }, (_, index) => {
      const path = `/v1/items/{item_id}/${index}`;
      const text = pageText("move-item")
        .replaceAll("/v1/items/{item_id}", path)
        .replace("move_item\n", `move_item_${index}\n`)
        .replace("operationId: move-item", `operationId: move-item-${index}`);
      return [`move-${index}`, text] as const;
    });
    const outputs = await compile(projectRoot, withPages(...pages));
    expect(outputs.get("validators.js")).toContain('"storage.items.moveItem29"');
  });

  it.each([
    ["before", ["move-item", "print-label"]],
    ["after", ["print-label", "move-item"]],
  ])(
    "where one names only the first of the servers that the other lists, %s it",
    async (_, [one = "", two = ""]) => {
      const addresses = ["https://api.storage.test/base", "https://eu.storage.test/base"];
      const servers = `servers:\n${addresses.map((url) => `  - url: ${url}\n`).join("")}`;
      const texts: Record<string, string> = {
        "move-item": pageText("move-item").replace("components:\n", `${servers}components:\n`),
        "print-label": label,
      };
      const inputs = withPages([one, texts[one] ?? ""], [two, texts[two] ?? ""]);
      const contract = parse((await compile(projectRoot, inputs)).get("openapi.yaml") ?? "");
      expect(contract.servers.map(({ url }: { url: string }) => url)).toEqual(addresses);
    },
  );

  it("keep a component's name where it is a word of TypeScript's own, behind a dash below", async () => {
    const text = label.replaceAll("schemas/Crate", "schemas/string").replace("    Crate:", "    string:");
    const outputs = await compile(projectRoot, withPages(["print-label", text]));
    expect(outputs.get("models.ts")).toContain('export type _string = components["schemas"]["string"]');
  });
});

describe("pages that don't fit together", () => {
  const label = pageText("print-label");

  it.each([
    [
      "a component of the same name that differs",
      label.replace("          type: string\n        inside", "          type: integer\n        inside"),
      /print-label\.md:\d+: components schemas Crate differs from the one of the same name at spec\/documented\/move-item\.md:\d+/,
    ],
    [
      "another server",
      label.replace("https://api.storage.test/base/v1", "https://eu.storage.test/base/v1"),
      /print-label\.md:\d+: servers differs from the one of the same name at spec\/documented\/move-item\.md:\d+/,
    ],
    [
      "the operationId of another operation",
      label
        .replace("endpoint_storage/items.print_label", "endpoint_storage/items.move_item")
        .replace("operationId: print-label", "operationId: move-item"),
      /operationId "storage\.items\.moveItem"|unique `operationId`/,
    ],
    [
      "another operation at the same path and method",
      label.replaceAll("/v1/items/{item_id}/label", "/v1/items/{item_id}").replace("    get:", "    patch:"),
      /print-label\.md:\d+: paths \/v1\/items\/\{item_id\} patch differs from .*move-item\.md:\d+/,
    ],
  ])("are refused with both names: %s", async (_, text, message) => {
    expect(text).not.toBe(label);
    const inputs = withPages(["move-item", pageText("move-item")], ["print-label", text]);
    await expect(compile(projectRoot, inputs)).rejects.toThrow(message);
  });

  it("a real collision of names is an error, not a choice", async () => {
    const clash = label.replace(
      "components:\n  schemas:\n",
      "components:\n  schemas:\n    type_:Crate:\n      type: string\n",
    );
    await expect(compile(projectRoot, withPages(["print-label", clash]))).rejects.toThrow(
      /two components of schemas would both be called "Crate"/,
    );
  });
});
