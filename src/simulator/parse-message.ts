import type { RawData } from "ws";

/** A WebSocket message as a JSON object; undefined when it is anything else. */
export function parseMessage(data: RawData): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(data.toString());
    // A JSON value that is an object and no array is a record of unknown values.
    if (typeof value === "object" && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>;
  } catch {
    // Not JSON: undefined, like every other message that is no object.
  }
  return undefined;
}
