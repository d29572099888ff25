import { isObject, listOr } from "../contract/json-object.ts";
import { joinPointer } from "../contract/json-pointer.ts";
import { listOfSchemas, oneSchema } from "../contract/schema-keywords.ts";
import type { SchemaReader } from "./in-place.ts";

const maps = ["properties", "patternProperties", "dependentSchemas"] as const;

/**
 * Schemas of which a part isn't judged, in them or where their references lead: they let more through than they say. Where
 * that is turned round, as by `not`, or counted, as by `oneOf`, values would be blamed for what nobody judges.
 */
export class LooseSchemas {
  readonly #reader: SchemaReader;
  readonly #isLooseItself: (pointer: string) => boolean;
  /** Most documents have none. */
  readonly #hasAny: () => boolean;
  readonly #known = new Map<string, boolean>();

  /**
   * @param isLooseItself whether a keyword of the schema at a pointer isn't judged
   * @param hasAny whether there is such a schema in the document at all
   */
  constructor(reader: SchemaReader, isLooseItself: (pointer: string) => boolean, hasAny: () => boolean) {
    this.#reader = reader;
    this.#isLooseItself = isLooseItself;
    this.#hasAny = hasAny;
  }

  has(pointer: string): boolean {
    if (!this.#hasAny()) return false;
    const told = this.#known.get(pointer) ?? this.#leadsToOne(pointer);
    this.#known.set(pointer, told);
    return told;
  }

  #leadsToOne(start: string): boolean {
    const seen = new Set([start]);
    for (const pointer of seen) {
      if (this.#isLooseItself(pointer)) return true;
      for (const next of this.#next(pointer)) seen.add(next);
    }
    return false;
  }

  *#next(pointer: string): Generator<string> {
    const schema = this.#reader.source(pointer);
    if (!isObject(schema)) return;
    const { $ref, $dynamicRef } = schema;
    const targets = [
      typeof $ref === "string" ? this.#reader.target($ref, pointer) : undefined,
      typeof $dynamicRef === "string" ? this.#reader.dynamicTarget($dynamicRef, pointer) : undefined,
    ];
    yield* targets.filter((target) => target !== undefined);
    for (const keyword of oneSchema) if (isObject(schema[keyword])) yield joinPointer(pointer, keyword);
    for (const keyword of [...listOfSchemas, "items"])
      for (const index of listOr(schema[keyword]).keys()) yield joinPointer(pointer, keyword, index);
    for (const keyword of maps)
      for (const name of Object.keys(isObject(schema[keyword]) ? schema[keyword] : {}))
        yield joinPointer(pointer, keyword, name);
  }
}
