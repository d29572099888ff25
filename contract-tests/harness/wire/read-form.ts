import type { MediaType } from "../contract/contract.ts";
import type { Oracle } from "../schema/oracle.ts";
import { itemsOf, propertyOf } from "../schema/schema-members.ts";
import { closestReading, primitiveReadings } from "./closest-reading.ts";
import type { FormField } from "./form-fields.ts";

/** The value that a form stands for: everything in it is text, read as the schema of its field most likely means it. */
export function readForm(
  oracle: Oracle,
  { encoding }: MediaType,
  schema: string,
  fields: readonly FormField[],
): Record<string, unknown> {
  const texts = new Map<string, string[]>();
  for (const [name, text] of fields) texts.set(name, [...(texts.get(name) ?? []), text]);
  return Object.fromEntries(
    [...texts].map(([name, values]) => {
      const property = propertyOf(oracle, schema, name);
      const split =
        encoding.get(name)?.explode === false ? values.flatMap((text) => text.split(",")) : values;
      return [name, readField(oracle, property, values, split)];
    }),
  );
}

function readField(
  oracle: Oracle,
  property: string | undefined,
  values: readonly string[],
  split: readonly string[],
): unknown {
  const [single = ""] = values;
  if (property === undefined) return values.length === 1 ? single : values;
  const items = itemsOf(oracle, property);
  const list = split.map((text, index) => {
    const item = items?.(index);
    const readings = [...primitiveReadings(text), ...jsonReading(text)];
    return item === undefined ? text : closestReading(oracle, item, "request", readings);
  });
  const alone = values.length === 1 ? [...primitiveReadings(single), ...jsonReading(single)] : [];
  return closestReading(oracle, property, "request", [...alone, list]);
}

/** An object in a field is written as JSON. */
function jsonReading(text: string): unknown[] {
  if (!/^\s*[[{]/.test(text)) return [];
  try {
    return [JSON.parse(text)];
  } catch {
    return [];
  }
}
