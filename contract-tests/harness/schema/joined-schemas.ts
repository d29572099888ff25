import { valueAt } from "../contract/json-pointer.ts";

const prefix = "joined:";
const referenceTo = "joined-schema:";

/**
 * Schemas that stand in no document: all of several that describe one place, as `allOf` does when its parts describe the
 * same property. They have pointers of their own, and what is said of them is said of the first.
 */
export class JoinedSchemas {
  readonly #groups: (readonly string[])[] = [];
  readonly #known = new Map<string, string>();

  /** Pointer of a schema that says what all those at `pointers` say; of one, that itself. */
  join(pointers: readonly string[]): string | undefined {
    const distinct = [...new Set(pointers)];
    if (distinct.length < 2) return distinct[0];
    const key = distinct.join("\n");
    const known = this.#known.get(key) ?? `${prefix}${this.#groups.push(distinct) - 1}`;
    this.#known.set(key, known);
    return known;
  }

  /** What stands at `pointer`; undefined when it isn't within a schema of these. */
  source(pointer: string): { readonly value: unknown } | undefined {
    const group = this.#groupOf(pointer);
    if (!group) return undefined;
    const schema = { allOf: group.map((one) => ({ $ref: `${referenceTo}${one}` })) };
    const slash = pointer.indexOf("/");
    return { value: slash === -1 ? schema : valueAt(schema, pointer.slice(slash)) };
  }

  /** Where a reference of these leads; undefined for every other. */
  target(reference: string): string | undefined {
    return reference.startsWith(referenceTo) ? reference.slice(referenceTo.length) : undefined;
  }

  /** Where it is written what `pointer` says: in the document, the first place of several. */
  written(pointer: string): string {
    return this.#groupOf(pointer)?.[0] ?? pointer;
  }

  #groupOf(pointer: string): readonly string[] | undefined {
    if (!pointer.startsWith(prefix)) return undefined;
    return this.#groups[Number.parseInt(pointer.slice(prefix.length), 10)];
  }
}
