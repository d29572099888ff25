import { isObject, type JsonObject, listOr } from "../contract/json-object.ts";
import { typeOf } from "../provider/value-judge.ts";

/** A value that breaks one keyword of a schema, and how. */
export interface Breach {
  readonly keyword: string;
  /** Kebab-case: tells breaches of one keyword apart. */
  readonly kind: string;
  readonly value: unknown;
}

type Breaker = (
  rule: unknown,
  value: unknown,
  schema: JsonObject,
) => readonly (readonly [kind: string, value: unknown])[];

/** Values near `value`, each meant to break one keyword of `schema`. Whether it really does is for a judge to say. */
export function breaches(schema: JsonObject, value: unknown): readonly Breach[] {
  return Object.entries(breakers).flatMap(([keyword, breaker]) =>
    schema[keyword] === undefined
      ? []
      : breaker(schema[keyword], value, schema).map(([kind, broken]) => ({ keyword, kind, value: broken })),
  );
}

const breakers: Record<string, Breaker> = {
  type: (rule, value) => [
    ...otherTypes(value),
    ...(typesIn(rule).includes("integer") ? [["fraction", 1.5] as const] : []),
    ...(typesIn(rule).includes("null") ? [] : [["null", null] as const]),
  ],
  enum: (_, value) => outside(value),
  const: (_, value) => outside(value),
  minLength: (rule, value) =>
    isText(value) && isPositive(rule) ? [["too-short", cut(value, rule - 1)]] : [],
  maxLength: (rule, value) =>
    isText(value) && isNumber(rule) ? [["too-long", value.padEnd(rule + 1, value || "x")]] : [],
  pattern: (_, value) =>
    isText(value)
      ? [
          ["suffix", `${value}!`],
          ["prefix", ` ${value}`],
          ["empty", ""],
        ]
      : [],
  format: (rule, value) =>
    isText(value)
      ? (misformed[String(rule)] ?? []).map((text, index) => [`malformed-${index + 1}`, text])
      : [],
  minimum: (rule, value) => (isNumber(value) && isNumber(rule) ? [["below", rule - stepOf(value)]] : []),
  maximum: (rule, value) => (isNumber(value) && isNumber(rule) ? [["above", rule + stepOf(value)]] : []),
  exclusiveMinimum: (rule, value) => (isNumber(value) && isNumber(rule) ? [["at-bound", rule]] : []),
  exclusiveMaximum: (rule, value) => (isNumber(value) && isNumber(rule) ? [["at-bound", rule]] : []),
  multipleOf: (rule, value) =>
    isNumber(value) && isNumber(rule) ? [["between", value === 0 ? rule / 2 : value - rule / 2]] : [],
  required: (rule, value) =>
    isObject(value)
      ? listOr(rule).map((name) => [`without-${String(name)}`, without(value, String(name))])
      : [],
  dependentRequired: (rule, value) =>
    isObject(value) && isObject(rule)
      ? Object.entries(rule)
          .filter(([name]) => Object.hasOwn(value, name))
          .flatMap(([name, needed]) =>
            listOr(needed).map(
              (other) => [`${name}-without-${String(other)}`, without(value, String(other))] as const,
            ),
          )
      : [],
  additionalProperties: (rule, value) => (rule === false ? extraProperty(value) : []),
  unevaluatedProperties: (rule, value) => (rule === false ? extraProperty(value) : []),
  propertyNames: (_, value) =>
    isObject(value) ? [["odd-name", { ...value, "Odd Name!": Object.values(value)[0] }]] : [],
  minProperties: (rule, value) =>
    isObject(value) && isPositive(rule)
      ? [["too-few", Object.fromEntries(Object.entries(value).slice(0, rule - 1))]]
      : [],
  maxProperties: (rule, value) =>
    isObject(value) && isNumber(rule) ? [["too-many", filledUp(value, rule + 1)]] : [],
  minItems: (rule, value) =>
    Array.isArray(value) && isPositive(rule) ? [["too-few", value.slice(0, rule - 1)]] : [],
  maxItems: (rule, value) =>
    Array.isArray(value) && value.length > 0 && isNumber(rule)
      ? [["too-many", Array.from({ length: rule + 1 }, (_, index) => value[index % value.length])]]
      : [],
  uniqueItems: (rule, value) =>
    rule === true && Array.isArray(value) && value.length > 0 ? [["repeated", [...value, value.at(-1)]]] : [],
  items: (rule, value) => (rule === false && Array.isArray(value) ? [["one-more", [...value, "more"]]] : []),
};

/** Texts that look much like the format, and aren't (the RFCs named by JSON Schema 2020-12, section 7.3). */
const misformed: Partial<Record<string, readonly string[]>> = {
  date: ["2026-02-30", "31.01.2026", "2026-1-31"],
  "date-time": ["2026-01-31 10:00", "2026-01-31T25:00:00Z", "2026-01-31T10:00:00"],
  time: ["25:00:00Z", "10 o'clock"],
  duration: ["15 minutes", "P"],
  email: ["els.example.org", "els@", "els@exa mple.org"],
  hostname: ["-example-.org", "exa mple.org"],
  ipv4: ["127.0.0.256", "127.0.0"],
  ipv6: ["12345::", "127.0.0.1"],
  uri: ["/relative", "https://exa mple.org"],
  "uri-reference": ["\\\\server\\share", "a b^c"],
  uuid: ["6b9fa1a4-8f0e-4b6e-9f0d-2d9a53c6a0", "6b9fa1a4-8f0e-4b6e-9f0d-2d9a53c6g001", "nil"],
  "json-pointer": ["no/slash", "/bad~escape"],
  regex: ["(", "[a-"],
  byte: ["not base64!", "abc"],
};

function otherTypes(value: unknown): readonly (readonly [string, unknown])[] {
  switch (typeOf(value)) {
    case "string":
      return [
        ["number", 7],
        ["object", { value }],
      ];
    case "integer":
    case "number":
      return [
        ["string", String(value)],
        ["boolean", true],
      ];
    case "boolean":
      return [
        ["string", String(value)],
        ["number", 1],
      ];
    case "array":
      return [
        ["object", { 0: value }],
        ["string", JSON.stringify(value)],
      ];
    case "object":
      return [
        ["array", [value]],
        ["string", JSON.stringify(value)],
      ];
    default:
      return [
        ["object", {}],
        ["boolean", false],
      ];
  }
}

function outside(value: unknown): readonly (readonly [string, unknown])[] {
  if (isText(value)) {
    const otherCase = value === value.toUpperCase() ? value.toLowerCase() : value.toUpperCase();
    return [
      ["suffix", `${value}_x`],
      ["other-case", otherCase],
      ["empty", ""],
    ];
  }
  return isNumber(value) ? [["other", value + 7919]] : [["other", "none of them"]];
}

function extraProperty(value: unknown): readonly (readonly [string, unknown])[] {
  return isObject(value) ? [["extra", { ...value, undocumented_extra: "x" }]] : [];
}

function filledUp(value: JsonObject, size: number): JsonObject {
  const [sample] = Object.values(value);
  const missing = Array.from({ length: Math.max(0, size - Object.keys(value).length) }, (_, index) => [
    `extra${"abcdefghij"[index % 10]}${"x".repeat(Math.floor(index / 10))}`,
    sample,
  ]);
  return { ...value, ...Object.fromEntries(missing) };
}

function without(value: JsonObject, name: string): JsonObject {
  const { [name]: _, ...rest } = value;
  return rest;
}

function cut(text: string, length: number): string {
  return [...text].slice(0, length).join("");
}

function stepOf(value: number): number {
  return Number.isInteger(value) ? 1 : 0.5;
}

function typesIn(rule: unknown): readonly string[] {
  return Array.isArray(rule) ? rule.map(String) : [String(rule)];
}

const isText = (value: unknown): value is string => typeof value === "string";
const isNumber = (value: unknown): value is number => typeof value === "number";
const isPositive = (value: unknown): value is number => typeof value === "number" && value > 0;
