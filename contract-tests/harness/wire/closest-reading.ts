import { numberOfText } from "../contract/large-integer.ts";
import { type Oracle, SchemaError } from "../schema/oracle.ts";
import type { Direction } from "../schema/translate-schema.ts";

/**
 * Of all that a text may mean, what its sender most likely meant: a reading that matches the schema, or else one that at
 * least is of the right type. `100` where 99 is the most breaks `maximum`; only as a text would it break `type`.
 */
export function closestReading(
  oracle: Oracle,
  schema: string,
  direction: Direction,
  readings: readonly unknown[],
): unknown {
  if (oracle.compile(schema, direction) instanceof SchemaError) return readings[0];
  const kept = readings.find((reading) => oracle.accepts(schema, direction, reading));
  if (kept !== undefined) return kept;
  const typed = readings.find((reading) =>
    oracle
      .violations(schema, direction, reading)
      .every(({ keyword, instance }) => keyword !== "type" || instance !== ""),
  );
  return typed === undefined ? readings[0] : typed;
}

/** Everything that a piece of text can be. */
export function primitiveReadings(text: string): unknown[] {
  const readings: unknown[] = [text];
  if (/^-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?$/.test(text)) readings.push(numberOfText(text));
  if (text === "true" || text === "false") readings.push(text === "true");
  if (text === "" || text === "null") readings.push(null);
  return readings;
}
