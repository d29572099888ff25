import { isObject } from "../contract/json-object.ts";
import { joinPointer } from "../contract/json-pointer.ts";
import { branchesOf, certainlyNext, type SchemaReader } from "./in-place.ts";

/** Why such a schema isn't judged. */
export const endless =
  "the schema refers to itself endlessly for the same value, so no value is checked against it";

/**
 * Schemas that come back to themselves for the same value, by `$ref`, `allOf`, `anyOf`, `oneOf`, `not` and the like, or
 * lead to such a one: no value can be judged by them (JSON Schema 2020-12 Core, section 9.4.1: "a schema MUST NOT be run
 * into an infinite loop against an instance"). Those that do so for a member of the value come to an end with it.
 */
export class EndlessSchemas {
  readonly #reader: SchemaReader;
  /** `undefined` while a schema is looked at. */
  readonly #known = new Map<string, boolean | undefined>();

  constructor(reader: SchemaReader) {
    this.#reader = reader;
  }

  has(pointer: string): boolean {
    if (this.#known.has(pointer)) return this.#known.get(pointer) ?? true;
    const schema = this.#reader.source(pointer);
    if (!isObject(schema)) return false;
    this.#known.set(pointer, undefined);
    const place = { pointer, schema };
    const next = [
      ...certainlyNext(this.#reader, place),
      // Children that a discriminator chooses judge by themselves, and not again by their parents.
      ...branchesOf({ ...this.#reader, children: () => [] }, place).map((branch) => branch.pointer),
      ...(schema["not"] === undefined ? [] : [joinPointer(pointer, "not")]),
    ];
    const isEndless = next.some((at) => this.has(at));
    this.#known.set(pointer, isEndless);
    return isEndless;
  }
}
