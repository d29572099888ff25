import { enumOf, flattenSchema } from "../schema/flat-schema.ts";
import type { Oracle } from "../schema/oracle.ts";

/** Names that are well-formed, and that nothing is called which somebody else has made. */
const candidates: readonly unknown[] = [
  "5e1f0c7a-9217-4c3b-8d5e-c0ffee5e1f0c",
  "contract-tests-unknown-5e1f0c7a92",
  2_147_480_047,
  "5e1f0c7a92c0ffee5e1f0c7a",
  "5e1f0c7a92c0ffee5e1f0c7a92c0ffee",
  "2147480047",
];

/** A valid value for the schema at `pointer` that names nothing there is, as far as that can be; undefined when none is at hand. */
export function unknownName(oracle: Oracle, pointer: string): unknown {
  if (enumOf(flattenSchema(oracle, pointer))) return undefined; // each of a list may be there
  return candidates.find((candidate) => oracle.accepts(pointer, "request", candidate));
}

/** True for a path that holds such a name. */
export function holdsUnknownName(path: string): boolean {
  return path.split("/").some((segment) => candidates.some((candidate) => String(candidate) === segment));
}
