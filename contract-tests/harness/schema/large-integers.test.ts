import { describe, expect, it } from "vitest";
import { cloneJson, jsonText, LargeInteger, parseJsonText } from "../contract/large-integer.ts";
import { readContract } from "../contract/load-contract.ts";
import { variations } from "./deviations.ts";
import { Oracle } from "./oracle.ts";
import { validValue } from "./valid-value.ts";

const at = "/components/schemas/it";

/** The schema as text, since a number of JavaScript would be another one. */
function oracleFor(schema: string, version = "3.1.0"): Oracle {
  const document = `{"openapi": "${version}", "paths": {"/a": {"get": {"responses": {}}}}, "components": {"schemas": {"it": ${schema}}}}`;
  return new Oracle(readContract(new TextEncoder().encode(document), "a.json"));
}

describe("numbers that no double holds are read", () => {
  it.each([
    "9007199254740993",
    "-9223372036854775808",
    '{"a":[18446744073709551615,"9007199254740993 and \\"quoted\\"",1.5]}',
    '["large-integer:9007199254740993",9007199254740993]',
    "123456789012345678901234567890",
  ])("and written as they are: %s", (text) => {
    expect(jsonText(parseJsonText(text))).toBe(text);
    expect(jsonText(cloneJson(parseJsonText(text)))).toBe(text);
  });

  it.each([
    ["9007199254740992", 9007199254740992],
    ["9007199254740991", 9007199254740991],
    ["1e21", 1e21],
    ["0.1", 0.1],
    ["1.7976931348623157e308", Number.MAX_VALUE],
    ["1e99999", Number.POSITIVE_INFINITY],
    ["3.0", 3],
  ])("but %s is a number like any other", (text, expected) => {
    expect(parseJsonText(text)).toBe(expected);
  });

  it.each(["9007199254740993.0", "9.007199254740993e15", "90071992547409930e-1"])("%s is whole", (text) => {
    expect(String(parseJsonText(text))).toBe("9007199254740993");
  });

  it("1e400 is more than any double", () => {
    expect(parseJsonText("1e400")).toEqual(new LargeInteger(10n ** 400n));
  });

  it("in YAML, too", () => {
    const text = [
      "openapi: 3.1.0",
      "paths: {/a: {get: {responses: {}}}}",
      "components: {schemas: {it: {enum: [9007199254740993, +9007199254740995, 12]}}}",
    ].join("\n");
    const oracle = new Oracle(readContract(new TextEncoder().encode(text), "a.yaml"));
    const accepted = ["9007199254740992", "9007199254740993", "9007199254740995", "12"].filter((value) =>
      oracle.accepts(at, "response", parseJsonText(value)),
    );
    expect(accepted).toEqual(["9007199254740993", "9007199254740995", "12"]);
  });
});

describe("and judged exactly", () => {
  it.each<[schema: string, valid: readonly string[], invalid: readonly string[]]>([
    [
      '{"type": "integer", "format": "int64"}',
      ["9223372036854775807", "-9223372036854775808", "9007199254740993", "0"],
      ["9223372036854775808", "-9223372036854775809", "9223372036854776000", "1e400", "1.5"],
    ],
    [
      '{"format": "uint64"}',
      ["18446744073709551615"],
      ["18446744073709551616", "-1", "18446744073709552000"],
    ],
    ['{"format": "int32"}', ["2147483647"], ["9223372036854775807"]],
    ['{"type": "number"}', ["9223372036854775807", "1e400"], ['"x"']],
    ['{"type": ["string", "null"]}', ['"9223372036854775807"'], ["9223372036854775807"]],
    ['{"type": "object"}', ["{}"], ["9223372036854775807"]],
    ['{"required": ["a"]}', ["9223372036854775807"], ["{}"]],
    [
      '{"maximum": 9007199254740993}',
      ["9007199254740993", "9007199254740992", "5"],
      ["9007199254740994", "9007199254740995", "1e17"],
    ],
    ['{"minimum": 9007199254740993}', ["9007199254740993", "9007199254740995"], ["9007199254740992", "0"]],
    ['{"exclusiveMaximum": 9007199254740993}', ["9007199254740992"], ["9007199254740993"]],
    ['{"exclusiveMinimum": 9007199254740992}', ["9007199254740993"], ["9007199254740992"]],
    ['{"maximum": 9007199254740992}', ["9007199254740992"], ["9007199254740993"]],
    [
      '{"enum": [9007199254740993, "a"]}',
      ["9007199254740993", '"a"'],
      ["9007199254740992", "9007199254740994"],
    ],
    ['{"enum": [[9007199254740993]]}', ["[9007199254740993]"], ["[9007199254740992]"]],
    ['{"const": 9007199254740993}', ["9007199254740993"], ["9007199254740992", "9007199254740995"]],
    ['{"const": 9007199254740992}', ["9007199254740992"], ["9007199254740993"]],
    ['{"const": {"a": 9007199254740993}}', ['{"a": 9007199254740993}'], ['{"a": 9007199254740992}']],
    [
      '{"multipleOf": 2}',
      ["9007199254740994", "12345678901234567890"],
      ["9007199254740993", "12345678901234567891"],
    ],
    [
      '{"multipleOf": 9007199254740993}',
      ["18014398509481986", "0"],
      ["18014398509481984", "9007199254740992"],
    ],
    ['{"multipleOf": 0.01}', ["9223372036854775807"], []],
    [
      '{"uniqueItems": true}',
      [
        "[9007199254740993, 9007199254740992, 9007199254740994]",
        '[{"id": 9007199254740993}, {"id": 9007199254740992}]',
      ],
      ["[9007199254740993, 1, 9007199254740993]", '[{"id": 9007199254740993}, {"id": 9007199254740993}]'],
    ],
    [
      '{"properties": {"id": {"type": "integer"}}, "unevaluatedProperties": {"type": "integer"}}',
      ['{"id": 9007199254740993, "b": 9007199254740993}'],
      ['{"id": 9007199254740993, "b": "x"}'],
    ],
    [
      '{"oneOf": [{"maximum": 9007199254740992}, {"minimum": 9007199254740993}], "type": "integer"}',
      ["9007199254740992", "9007199254740993"],
      [],
    ],
  ])("%s", (schema, valid, invalid) => {
    const oracle = oracleFor(schema);
    const judged = (texts: readonly string[]) =>
      texts.filter((text) => oracle.accepts(at, "response", parseJsonText(text)));
    expect(judged(valid)).toEqual(valid);
    expect(judged(invalid)).toEqual([]);
  });

  it("3.0's exclusive bounds among them", () => {
    const oracle = oracleFor(
      '{"type": "integer", "maximum": 9007199254740993, "exclusiveMaximum": true}',
      "3.0.3",
    );
    expect(oracle.accepts(at, "response", parseJsonText("9007199254740992"))).toBe(true);
    expect(oracle.accepts(at, "response", parseJsonText("9007199254740993"))).toBe(false);
  });

  it("and the place in the contract is the keyword's own", () => {
    const oracle = oracleFor(
      '{"properties": {"id": {"enum": [9007199254740993], "maximum": 9007199254740993}}}',
    );
    const violations = oracle.violations(at, "response", parseJsonText('{"id": 9007199254740995}'));
    expect([...violations].sort((a, b) => (a.keyword < b.keyword ? 1 : -1))).toEqual([
      {
        pointer: `${at}/properties/id/maximum`,
        keyword: "maximum",
        instance: "/id",
        message: "/id must be <= 9007199254740993",
      },
      {
        pointer: `${at}/properties/id/enum`,
        keyword: "enum",
        instance: "/id",
        message: "/id must be one of 9007199254740993",
      },
    ]);
  });
});

describe("values are made of them", () => {
  it.each<[schema: string, text: string]>([
    ['{"type": "integer", "enum": [9007199254740993]}', "9007199254740993"],
    ['{"type": "integer", "const": 9007199254740993}', "9007199254740993"],
    ['{"type": "integer", "minimum": 9007199254740993}', "9007199254740993"],
    ['{"type": "integer", "format": "int64", "example": 9223372036854775807}', "9223372036854775807"],
    ['{"type": "object", "example": {"id": 9007199254740993}}', '{"id":9007199254740993}'],
  ])("%s: %s", (schema, text) => {
    expect(jsonText(validValue(oracleFor(schema), at)?.value)).toBe(text);
  });

  it("on both sides of a bound", () => {
    const oracle = oracleFor('{"type": "integer", "minimum": 1, "maximum": 9223372036854775807}');
    const made = variations(oracle, at, 1).filter(({ keyword }) => keyword === "maximum");
    expect(made.map(({ kind, value, valid }) => [kind, jsonText(value), valid])).toEqual([
      ["at maximum", "9223372036854775807", true],
      ["below maximum", "9223372036854775806", true],
      ["above maximum", "9223372036854775808", false],
    ]);
  });
});
