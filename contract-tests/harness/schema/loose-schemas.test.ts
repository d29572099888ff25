import { describe, expect, it } from "vitest";
import { readContract } from "../contract/load-contract.ts";
import { Oracle } from "./oracle.ts";

function oracleOf(schema: string, schemas = "{}"): Oracle {
  const document = `{"openapi":"3.1.0","info":{"title":"t","version":"1"},"paths":{"/a":{"get":{"responses":{"200":{"description":""}}}}},"components":{"schemas":{"it":${schema},"more":${schemas}}}}`;
  return new Oracle(readContract(Buffer.from(document), "loose.json"));
}
const at = "/components/schemas/it";

describe("what isn't judged blames no value, wherever it stands:", () => {
  it.each<[string, string, value: unknown]>([
    ["a reference out of the document, turned round", '{"not": {"$ref": "urn:x"}}', 1],
    ["a format that nobody defined, turned round", '{"not": {"format": "stardate"}}', "x"],
    ["a pattern that isn't judged, turned round", '{"not": {"pattern": "(a)\\\\1"}}', "x"],
    ["names by such a pattern, turned round", '{"not": {"patternProperties": {"(a)\\\\1": {}}}}', {}],
    ["two such branches, of which one may match", '{"oneOf": [{"$ref": "urn:x"}, {"$ref": "urn:y"}]}', 1],
    ["a branch that matches beside one", '{"oneOf": [{"type": "integer"}, {"$ref": "urn:y"}]}', 1],
    [
      "behind references and members",
      '{"not": {"properties": {"a": {"$ref": "#/components/schemas/more"}}}}',
      { a: 1 },
    ],
    ["the condition of an else", '{"if": {"$ref": "urn:x"}, "then": false, "else": {"type": "string"}}', 1],
    ["too many items that contains counts", '{"contains": {"$ref": "urn:x"}, "maxContains": 1}', [1, 2]],
    ["what it may evaluate", '{"$ref": "urn:x", "unevaluatedProperties": false}', { a: 1 }],
    [
      "a $dynamicRef that may lead to several",
      '{"$defs": {"a": {"$id": "urn:a", "$dynamicAnchor": "t", "not": {}}, "b": {"$id": "urn:b", "$dynamicAnchor": "t"}}, "$dynamicRef": "urn:a#t"}',
      1,
    ],
  ])("%s", (_, schema, value) => {
    const oracle = oracleOf(schema, '{"$ref": "urn:x"}');
    expect(oracle.declare(at, "response")).toBeUndefined();
    expect(oracle.violations(at, "response", value)).toEqual([]);
    expect(oracle.notJudged.length).toBeGreaterThan(0);
  });
});

describe("what can be judged beside it still is:", () => {
  it.each<[string, string, value: unknown]>([
    ["no branch matches", '{"oneOf": [{"$ref": "urn:x", "type": "integer"}, {"type": "null"}]}', "x"],
    ["another word of the same schema", '{"not": {"$ref": "urn:x"}, "type": "string"}', 1],
    ["too few items", '{"contains": {"$ref": "urn:x"}, "minContains": 2, "maxContains": 3}', [1]],
    [
      "not of a schema that is judged",
      '{"properties": {"a": {"$ref": "urn:x"}}, "not": {"required": ["b"]}}',
      { b: 1 },
    ],
    [
      "a $dynamicRef that can lead to one schema alone",
      '{"$defs": {"a": {"$dynamicAnchor": "t", "type": "string"}}, "$dynamicRef": "#t"}',
      1,
    ],
    [
      "a $dynamicRef by pointer",
      '{"$defs": {"a": {"type": "string"}}, "$dynamicRef": "#/components/schemas/it/$defs/a"}',
      1,
    ],
  ])("%s", (_, schema, value) => {
    expect(oracleOf(schema).accepts(at, "response", value)).toBe(false);
  });
});
