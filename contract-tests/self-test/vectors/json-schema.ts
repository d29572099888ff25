import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { isObject } from "../../harness/contract/json-object.ts";
import { readContract } from "../../harness/contract/load-contract.ts";
import { Oracle } from "../../harness/schema/oracle.ts";
import type { VectorGroup, VectorSuite } from "./vector-suite.ts";

/** A schema of the suite, and what it says of some values. */
interface TestCase {
  readonly description: string;
  readonly schema: unknown;
  readonly tests: readonly {
    readonly description: string;
    readonly data: unknown;
    readonly valid: boolean;
  }[];
}

const response = "/paths/~1vector/get/responses/200/content/application~1json/schema";

/** The JSON Schema Test Suite, draft 2020-12: each schema as a response's in an OpenAPI document, judged by the oracle. */
export const jsonSchemaSuite: VectorSuite = {
  name: "JSON Schema Test Suite, draft 2020-12",
  repository: "https://github.com/json-schema-org/JSON-Schema-Test-Suite",
  folder: "json-schema-test-suite",
  run: async (folder) => {
    const tests = join(folder, "tests/draft2020-12");
    return [
      ...(await group("required", tests)),
      ...(await group("optional", join(tests, "optional"))),
      ...(await group("format", join(tests, "optional/format"))),
    ];
  },
};

/** Vectors that are of another opinion on purpose, by file. */
const otherwise: Readonly<Record<string, string>> = {
  "format.json": "formats are asserted here, not only annotations (docs/decisions/014-mended-keywords.md)",
};

/** All files right in the folder as one group. */
async function group(name: string, folder: string): Promise<VectorGroup[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith(".json")).sort();
  if (files.length === 0) throw new Error(`${folder} has no tests`);
  let right = 0;
  let total = 0;
  const wrong: string[] = [];
  const leftOut = new Map<string, number>();
  for (const file of files) {
    const cases: readonly TestCase[] = JSON.parse(await readFile(join(folder, file), "utf8"));
    for (const { description, schema, tests } of cases) {
      const oracle = oracleFor(schema);
      const refusal = typeof oracle === "string" ? oracle : oracle.declare(response, "response");
      const told = typeof oracle === "string" ? [] : oracle.notJudged.map(({ reason }) => reason);
      const reason = otherwise[file] ?? refusal ?? told[0];
      for (const test of tests) {
        // What is refused or told as not judged is no verdict: neither right nor silently wrong.
        if (typeof oracle === "string" || reason !== undefined) {
          const kind = generalized(reason ?? "");
          leftOut.set(kind, (leftOut.get(kind) ?? 0) + 1);
          continue;
        }
        total++;
        if (oracle.accepts(response, "response", test.data) === test.valid) right++;
        else wrong.push(`${file}: ${description}: ${test.description}`);
      }
    }
  }
  return [{ name, right, total, wrong, leftOut }];
}

/** An oracle for a document with this schema; a sentence when the document is refused. */
function oracleFor(schema: unknown): Oracle | string {
  // Within an OpenAPI document, "#" is the document: a schema that refers to itself needs an identity of its own.
  const own =
    isObject(schema) && schema["$id"] === undefined
      ? { $id: "https://vectors.test/schema", ...schema }
      : schema;
  const document = {
    openapi: "3.1.0",
    info: { title: "Vector", version: "1" },
    paths: {
      "/vector": {
        get: { responses: { 200: { description: "", content: { "application/json": { schema: own } } } } },
      },
    },
  };
  try {
    return new Oracle(readContract(new TextEncoder().encode(JSON.stringify(document)), "vector.json"));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Reasons without the names of one vector. */
function generalized(reason: string): string {
  return reason
    .replace(/https?:\/\/\S+|urn:\S+/g, "…")
    .replace(/#\/\S+|\/paths\/\S+/g, "…")
    .replace(/(\$dynamicRef) \S+/, "$1 …")
    .replace(/"[^"]*"/g, '"…"');
}
