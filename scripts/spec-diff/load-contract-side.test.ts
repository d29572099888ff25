import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { valueAt } from "../generate/json.ts";
import { projectRoot } from "../project-root.ts";
import { rateChanges } from "./diff-contracts.ts";
import { loadContractSide } from "./load-contract-side.ts";
import { shop } from "./testing/diff-cases.ts";

const root = mkdtempSync(join(tmpdir(), "sides-"));
const git = (...args: string[]): void => {
  const identity = [
    "-c",
    "user.name=test",
    "-c",
    "user.email=test@example.com",
    "-c",
    "commit.gpgsign=false",
  ];
  execFileSync("git", [...identity, ...args], { cwd: root, stdio: "ignore" });
};

beforeAll(() => {
  mkdirSync(join(root, "generated"));
  git("init", "--quiet");
  git("commit", "--quiet", "--allow-empty", "-m", "empty");
  git("tag", "empty");
  writeFileSync(join(root, "generated", "openapi.yaml"), JSON.stringify(shop()));
  git("add", ".");
  git("commit", "--quiet", "-m", "contract");
  git("tag", "v1");
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

test("a git revision is its generated contract, whatever the working tree holds", async () => {
  const side = await loadContractSide(root, "v1", []);
  expect(side.document).toEqual(shop());
  expect(side.placeOf(["paths"])).toMatch(/^v1:generated\/openapi\.yaml:\d+$/);
});

test("a JSON document is read as it is, with its lines", async () => {
  const file = join(root, "shop.json");
  writeFileSync(file, JSON.stringify(shop(), null, 2));
  const side = await loadContractSide(root, file, []);
  expect(side.document).toEqual(shop());
  expect(side.placeOf(["info", "version"])).toBe(`${file}:5`);
});

test("a documented page is repaired, and its places are lines of the page", async () => {
  const file = join(projectRoot, "scripts/generate/fixtures/spec/documented/single-use-create.md");
  const side = await loadContractSide(root, file, []);
  const path = ["components", "schemas", "SingleUseTokenType", "enum"];
  expect(valueAt(side.document, path)).toEqual(["realtime_scribe", "tts_websocket"]);
  const line = Number(side.placeOf(path).split(":").at(-1));
  expect(readFileSync(file, "utf8").split("\n")[line - 1]).toContain("enum:");
});

test("an extension's reference to another file is data, and stops nothing", async () => {
  const extended = (reference: string): string => {
    const file = join(root, `${reference}.json`);
    const document = { ...shop(), "x-samples": [{ $ref: `./${reference}.yaml#/samples` }] };
    writeFileSync(file, JSON.stringify(document));
    return file;
  };
  const [base, revision] = await Promise.all(
    ["one", "other"].map((reference) => loadContractSide(root, extended(reference), [])),
  );
  expect(await rateChanges(base?.document ?? {}, revision?.document ?? {})).toEqual([]);
});

test.each(["headers", "responses"])("among the names of %s nothing is an extension", async (kind) => {
  const file = join(root, `${kind}.json`);
  const document = { openapi: "3.1.0", components: { [kind]: { "x-rate": { $ref: "./other.yaml" } } } };
  writeFileSync(file, JSON.stringify(document));
  await expect(loadContractSide(root, file, [])).rejects.toThrow(/leads outside the page/);
});

const withSchema = (openapi: string, schema: object) => ({ openapi, components: { schemas: { schema } } });

test("an OpenAPI 3.0 document compares with one of 3.1", async () => {
  const file = join(root, "older.json");
  writeFileSync(file, JSON.stringify(withSchema("3.0.3", { type: "string", nullable: true })));
  const { document } = await loadContractSide(root, file, []);
  expect(document).toEqual(withSchema("3.1.0", { type: ["string", "null"] }));
});

test.each([
  ["what is neither a file nor a revision", "nowhere", /^nowhere: neither a file nor a git revision/],
  ["an option in place of a revision", "--output=x", /^--output=x: neither a file nor a git revision/],
  ["a revision from before the contract", "empty", /^empty: this revision has no generated\/openapi\.yaml/],
])("refuses %s", async (_, argument, message) => {
  await expect(loadContractSide(root, argument, [])).rejects.toThrow(message);
});

test.each([
  [
    "a dangling reference",
    '{"openapi":"3.1.0","paths":{"/a":{"$ref":"#/components/pathItems/A"}}}',
    /bad\.json:1: the \$ref "#\/components\/pathItems\/A" leads nowhere/,
  ],
  ["another version", '{"swagger":"2.0"}', /bad\.json:1: the document says "openapi: undefined"/],
  ["what isn't YAML", "openapi: [", /bad\.json:1: the YAML can't be read/],
  ["HTML", "<!doctype html><title>x</title>", /bad\.json:1: this is HTML/],
])("refuses %s with its place", async (_, text, message) => {
  const file = join(root, "bad.json");
  writeFileSync(file, text);
  await expect(loadContractSide(root, file, [])).rejects.toThrow(message);
});
