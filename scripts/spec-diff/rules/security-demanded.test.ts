import { expect, test } from "vitest";
import type { JsonObject } from "../../generate/json.ts";
import { pairContracts } from "../contract-pairs.ts";
import { rateChanges } from "../diff-contracts.ts";
import { securityDemanded } from "./security-demanded.ts";

const contract = (document: JsonObject, operation: JsonObject): JsonObject => ({
  ...document,
  paths: { "/things": { get: { ...operation, responses: {} } } },
});
const key: JsonObject = { key: [] };

test.each<[string, JsonObject, JsonObject]>([
  [
    "the document's, where the operation's own is dropped",
    contract({ security: [key] }, { security: [] }),
    contract({ security: [key] }, {}),
  ],
  ["the operation's own", contract({}, {}), contract({}, { security: [key] })],
  [
    "a second one beside the first",
    contract({}, { security: [key] }),
    contract({}, { security: [{ key: [], other: [] }] }),
  ],
  [
    "more scopes",
    contract({}, { security: [{ key: ["a"] }] }),
    contract({}, { security: [{ key: ["a", "b"] }] }),
  ],
  ["some, where none would do", contract({}, { security: [key, {}] }), contract({}, { security: [key] })],
])("credentials are demanded that weren't before: %s", (_, base, revision) => {
  expect(securityDemanded.changes(pairContracts(base, revision))).toMatchObject([{ bump: "major" }]);
});

test.each<[string, JsonObject, JsonObject]>([
  ["are the same", contract({ security: [key] }, {}), contract({}, { security: [key] })],
  [
    "have one more alternative",
    contract({}, { security: [key] }),
    contract({}, { security: [key, { other: [] }] }),
  ],
  [
    "are needed no longer",
    contract({ security: [key] }, {}),
    contract({ security: [key] }, { security: [] }),
  ],
  [
    "need fewer scopes",
    contract({}, { security: [{ key: ["a", "b"] }] }),
    contract({}, { security: [{ key: ["a"] }] }),
  ],
])("credentials of before still do where they %s", (_, base, revision) => {
  expect(securityDemanded.changes(pairContracts(base, revision))).toEqual([]);
});

test("an operation that drops its own exception is rated breaking, which `redocly diff` alone doesn't see", async () => {
  const info = { openapi: "3.1.0", info: { title: "t", version: "1" } };
  const schemes = { securitySchemes: { key: { type: "apiKey", in: "header", name: "X-Key" } } };
  const document = { ...info, security: [key], components: schemes };
  const changes = await rateChanges(contract(document, { security: [] }), contract(document, {}));
  expect(changes.filter(({ bump }) => bump === "major").map(({ rule }) => rule)).toEqual([
    "security-demanded",
  ]);
});
