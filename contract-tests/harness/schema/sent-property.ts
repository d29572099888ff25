import { isMarked } from "./in-place.ts";
import type { Oracle } from "./oracle.ts";

/** False for a readOnly property: a request leaves it out (OpenAPI 3.1, section 4.8.24.4). */
export function isSentProperty(oracle: Oracle, pointer: string): boolean {
  return !isMarked(oracle, pointer, "readOnly");
}
