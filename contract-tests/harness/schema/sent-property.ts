import { isObject } from "../contract/json-object.ts";
import type { Oracle } from "./oracle.ts";

/** False for a readOnly property: a request leaves it out (OpenAPI 3.1, section 4.8.24.4). */
export function isSentProperty(oracle: Oracle, pointer: string): boolean {
  const own = oracle.source(pointer);
  const followed = oracle.follow(pointer).schema;
  return ![own, followed].some((schema) => isObject(schema) && schema["readOnly"] === true);
}
