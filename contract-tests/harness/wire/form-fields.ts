import { parseJsonText, throwUnlessBadText } from "../contract/large-integer.ts";
import { itemsOf, propertyOf } from "../schema/schema-members.ts";
import type { Direction } from "../schema/translate-schema.ts";
import type { BodyContext } from "./body-family.ts";
import { closestReading, primitiveReadings } from "./closest-reading.ts";

/** A field of a form as text; `json` when the part says that it is. */
export interface FieldText {
  readonly name: string;
  readonly text: string;
  readonly json?: { readonly value: unknown };
}

/** The value that fields stand for: all is text, read as the schema of its property most likely means it. */
export function readFields(
  { oracle, mediaType: { schema } }: BodyContext,
  fields: readonly FieldText[],
  direction: Direction,
): Record<string, unknown> {
  const byName = new Map<string, FieldText[]>();
  for (const field of fields) byName.set(field.name, [...(byName.get(field.name) ?? []), field]);
  return Object.fromEntries(
    [...byName].map(([name, own]) => {
      const property = schema === undefined ? undefined : propertyOf(oracle, schema, name);
      const texts = own.map(({ text }) => text);
      if (property === undefined) return [name, texts.length === 1 ? texts[0] : texts];
      const items = itemsOf(oracle, property);
      const list = own.map((field, index) => {
        const item = items?.(index);
        return item === undefined
          ? (readingsOf(field)[0] ?? "")
          : closestReading(oracle, item, direction, readingsOf(field));
      });
      // A list of one looks like its item: the schema tells which is meant.
      const [single] = own;
      const alone = single && own.length === 1 ? readingsOf(single) : [];
      return [name, closestReading(oracle, property, direction, [...alone, list])];
    }),
  );
}

function readingsOf({ text, json }: FieldText): readonly unknown[] {
  // Who expects a text reads one, whatever the part calls itself.
  return json ? [json.value, ...primitiveReadings(text)] : [...primitiveReadings(text), ...jsonReading(text)];
}

/** An object in a field is written as JSON. */
function jsonReading(text: string): unknown[] {
  if (!/^\s*[[{]/.test(text)) return [];
  try {
    return [parseJsonText(text)];
  } catch (error) {
    throwUnlessBadText(error);
    return [];
  }
}
