import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { asOpenApi31 } from "../generate/as-openapi-31.ts";
import { isObject, type Json, type JsonObject } from "../generate/json.ts";
import { parseDocument } from "../generate/parse-document.ts";
import { projectRoot } from "../project-root.ts";
import type { RatedChange } from "./change.ts";
import { rateChanges } from "./diff-contracts.ts";
import { shop } from "./testing/diff-cases.ts";
import { sideBySide } from "./testing/side-by-side.ts";

const redocly = dirname(createRequire(import.meta.url).resolve("@redocly/openapi-core/package.json"));

const library = () => read(join(projectRoot, "contract-tests/self-test/contracts/library.openapi.yaml"));
const tokenEndpoint = () => read(join(projectRoot, "src/token-endpoint/openapi.yaml"));
const generated = () => read(join(projectRoot, "generated/openapi.yaml"));

/** Documents that are at hand wherever the tests run: a large one of other people, and our own side by side. */
const documents: readonly (readonly [string, () => JsonObject])[] = [
  ["another provider's contract", () => read(join(redocly, "src/benchmark/benches/rebilly.yaml"))],
  ["our own contracts", () => sideBySide([library(), tokenEndpoint(), generated(), shop()])],
];

function read(file: string): JsonObject {
  const { data } = parseDocument(file, readFileSync(file, "utf8"));
  return String(data["openapi"]).startsWith("3.0.") ? asOpenApi31(data) : data;
}

/** What changes nothing for a client, whatever the document. */
const harmless: readonly (readonly [string, (document: JsonObject) => [JsonObject, JsonObject]])[] = [
  ["descriptions added", (document) => [described(document, undefined), document]],
  ["every description a long one", (document) => [document, described(document, "Long. ".repeat(40))]],
  [
    "keys, parameters and branches reordered, descriptions removed",
    (document) => [document, reversed(described(document, undefined))],
  ],
];

describe.each(documents)("%s", (_, document) => {
  test.each(harmless)(
    "%s: at most a patch",
    async (__, change) => {
      const changes = await rateChanges(...change(document()));
      expect(changes.filter(({ bump }) => bump !== "patch").map(shown)).toEqual([]);
    },
    60_000,
  );

  test("a parameter that is removed with all descriptions is still missed", async () => {
    const revision = reversed(described(document(), undefined));
    const removed = withoutFirstParameter(revision);
    const breaking = (await rateChanges(document(), revision)).filter(({ bump }) => bump === "major");
    expect(breaking.map(({ message }) => message)).toEqual([`\`${removed}\` query parameter was removed.`]);
  }, 60_000);
});

test("a version that moves from the servers to the paths changes nothing", async () => {
  const changes = await rateChanges(...versionMoved(tokenEndpoint()));
  expect(changes.map(shown)).toEqual([]);
});

function shown({ bump, rule, message, base, revision }: RatedChange): string {
  return `${bump} ${rule}: ${message} at ${(base ?? revision)?.join("/")}`;
}

/** Under these keys stand names of somebody's choice. */
const named = new Set([
  ..."properties patternProperties $defs schemas headers responses parameters requestBodies examples".split(
    " ",
  ),
  ..."securitySchemes links callbacks pathItems paths content encoding variables dependentSchemas".split(" "),
]);
const values = new Set(["example", "default", "const", "enum"]);

function described(document: JsonObject, description: string | undefined): JsonObject {
  const copy = (value: Json, isMap: boolean): Json => {
    if (Array.isArray(value)) return value.map((item) => copy(item, false));
    if (!isObject(value)) return value;
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, member]): [string, Json][] => {
        if (!isMap && key === "description" && typeof member === "string")
          return description === undefined ? [] : [[key, description]];
        if (!isMap && values.has(key)) return [[key, member]];
        return [[key, copy(member, !isMap && named.has(key))]];
      }),
    );
  };
  return copy(document, false) as JsonObject;
}

/** Lists whose order means nothing: servers are tried in order, positions of tuples are places. */
const sets = new Set(["parameters", "oneOf", "anyOf", "allOf", "required", "enum", "tags"]);

function reversed(document: JsonObject): JsonObject {
  const copy = (value: Json, key: string): Json => {
    if (Array.isArray(value)) {
      const items = value.map((item) => copy(item, ""));
      return sets.has(key) ? items.reverse() : items;
    }
    if (!isObject(value)) return value;
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([name, member]) => [name, copy(member, name)]),
    );
  };
  return copy(document, "") as JsonObject;
}

function versionMoved(document: JsonObject): [JsonObject, JsonObject] {
  const { paths } = document;
  if (!isObject(paths)) throw new Error("a contract has paths");
  const servers = (path: string): JsonObject => ({ servers: [{ url: `https://api.example.com${path}` }] });
  const moved = Object.entries(paths).map(([template, item]): [string, Json] => [`/v1${template}`, item]);
  return [
    { ...document, ...servers("/v1") },
    { ...document, ...servers(""), paths: Object.fromEntries(moved) },
  ];
}

/** Takes the first query parameter out. @returns its name */
function withoutFirstParameter({ paths }: JsonObject): string {
  for (const item of Object.values(isObject(paths) ? paths : {}))
    for (const operation of Object.values(isObject(item) ? item : {})) {
      const parameters = isObject(operation) ? operation["parameters"] : undefined;
      if (!Array.isArray(parameters)) continue;
      const index = parameters.findIndex((parameter) => isObject(parameter) && parameter["in"] === "query");
      const [removed] = index < 0 ? [] : parameters.splice(index, 1);
      if (isObject(removed)) return String(removed["name"]);
    }
  throw new Error("no operation has a query parameter");
}
