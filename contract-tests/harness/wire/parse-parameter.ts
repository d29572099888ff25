import type { Parameter } from "../contract/contract.ts";
import type { Oracle } from "../schema/oracle.ts";
import { itemsOf, propertyOf } from "../schema/schema-members.ts";
import type { Direction } from "../schema/translate-schema.ts";
import { closestReading, primitiveReadings } from "./closest-reading.ts";

/** The text of a parameter in a request, and of all parameters beside it where its style spreads over them. */
export interface ParameterText {
  /** Percent-decoded values in order: several when the name is repeated. */
  readonly values: readonly string[];
  /** Every name and value of the place (query or cookie), for exploded objects. */
  readonly all: readonly (readonly [string, string])[];
}

/**
 * What the text may mean: every reading that the parameter's style and schema allow. A value breaks the contract only
 * when no reading keeps it, since a "5" in a query is the number as well as the text.
 */
export function parameterReadings(
  parameter: Pick<Parameter, "name" | "style" | "explode" | "mediaType" | "schema">,
  text: ParameterText,
  oracle: Oracle,
  direction: Direction,
): unknown[] {
  const [first = ""] = text.values;
  if (parameter.mediaType !== undefined) {
    try {
      return [/json/i.test(parameter.mediaType) ? JSON.parse(first) : first];
    } catch {
      return [];
    }
  }
  const schema = parameter.schema;
  const readings: unknown[] = text.values.length <= 1 ? primitiveReadings(strip(parameter, first)) : [];
  const list = splitList(parameter, text);
  const items = schema === undefined ? undefined : itemsOf(oracle, schema);
  readings.push(list.map((item, index) => best(item, items?.(index), oracle, direction)));
  for (const object of splitObjects(parameter, text)) {
    readings.push(
      Object.fromEntries(
        object.map(([key, value]) => [
          key,
          best(value, schema === undefined ? undefined : propertyOf(oracle, schema, key), oracle, direction),
        ]),
      ),
    );
  }
  return readings;
}

function best(text: string, schema: string | undefined, oracle: Oracle, direction: Direction): unknown {
  const readings = primitiveReadings(text);
  return schema === undefined ? readings.at(-1) : closestReading(oracle, schema, direction, readings);
}

function strip(parameter: Pick<Parameter, "name" | "style">, text: string): string {
  if (parameter.style === "label") return text.replace(/^\./, "");
  if (parameter.style === "matrix") return text.replace(/^;[^=]*=?/, "");
  return text;
}

const separators = {
  simple: ",",
  form: ",",
  label: ".",
  matrix: ",",
  spaceDelimited: /[ +]|%20/,
  pipeDelimited: "|",
  deepObject: ",",
} as const;

function splitList(
  parameter: Pick<Parameter, "name" | "style" | "explode">,
  { values }: ParameterText,
): string[] {
  const [first = ""] = values;
  if (parameter.style === "matrix" && parameter.explode)
    return first
      .split(";")
      .slice(1)
      .map((part) => part.slice(part.indexOf("=") + 1));
  if (values.length > 1 || (parameter.explode && parameter.style !== "simple" && parameter.style !== "label"))
    return [...values];
  const separator = parameter.style === "label" && !parameter.explode ? "," : separators[parameter.style];
  return strip(parameter, first)
    .split(separator)
    .map((item) => item.trim());
}

function splitObjects(
  parameter: Pick<Parameter, "name" | "style" | "explode">,
  text: ParameterText,
): [string, string][][] {
  const [first = ""] = text.values;
  if (parameter.style === "deepObject") {
    const members = text.all.flatMap(([key, value]): [string, string][] =>
      key.startsWith(`${parameter.name}[`) && key.endsWith("]")
        ? [[key.slice(parameter.name.length + 1, -1), value]]
        : [],
    );
    return members.length === 0 ? [] : [members];
  }
  if (parameter.style === "form" && parameter.explode)
    return text.all.length === 0 ? [] : [text.all.map(([key, value]) => [key, value])];
  if (parameter.explode) {
    const separator = parameter.style === "label" ? "." : parameter.style === "matrix" ? ";" : ",";
    const parts = first.split(separator).filter((part) => part !== "");
    if (!parts.every((part) => part.includes("="))) return [];
    return [parts.map((part) => [part.slice(0, part.indexOf("=")), part.slice(part.indexOf("=") + 1)])];
  }
  const parts = strip(parameter, first).split(",");
  if (parts.length % 2 !== 0) return [];
  return [
    parts.flatMap((key, index): [string, string][] =>
      index % 2 === 0 ? [[key, parts[index + 1] ?? ""]] : [],
    ),
  ];
}

/** True when some reading of the text keeps the parameter's schema. */
export function parameterAccepts(
  parameter: Pick<Parameter, "name" | "style" | "explode" | "mediaType" | "schema">,
  text: ParameterText,
  oracle: Oracle,
  direction: Direction,
): boolean {
  const { schema } = parameter;
  if (schema === undefined) return true;
  return parameterReadings(parameter, text, oracle, direction).some((reading) =>
    oracle.accepts(schema, direction, reading),
  );
}
