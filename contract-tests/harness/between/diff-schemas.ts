import { isObject, listOr, objectOr } from "../contract/json-object.ts";
import { joinPointer } from "../contract/json-pointer.ts";
import type { Oracle } from "../schema/oracle.ts";
import { settled } from "../schema/place-in-value.ts";
import type { Direction } from "../schema/translate-schema.ts";
import { canonical, canonicalSet, inWords } from "./canonical.ts";
import { type Side, type Sides, sides } from "./change.ts";
import { pairBranches } from "./pair-branches.ts";
import { type MeantSchema, meantSchema, ownerOf, schemasWithin } from "./schema-keywords.ts";

/** What is broken of a schema: the constraint's pointer, and the member that is missing or one too many. */
export interface Breach {
  readonly pointer: string;
  readonly member?: string;
}

/** A difference of two schemas. */
export interface SchemaChange {
  readonly kind: string;
  readonly key: string;
  readonly message: string;
  /** The constraints, for readers. */
  readonly pointers: Partial<Sides<string>>;
  /** The schemas that describe the value which it is about. */
  readonly schemas: Partial<Sides<string>>;
  isBroken(side: Side, breach: Breach): boolean;
  /** It is a property that one document alone describes. */
  readonly property?: {
    readonly name: string;
    readonly side: Side;
    readonly schema: string;
    readonly isRequired: boolean;
  };
  /** Why no exchange shows it. */
  readonly unseen?: string;
}

/** Keywords that say nothing about what is valid, and those that no exchange shows. */
const words = new Set(["title", "description", "example", "examples", "$comment", "externalDocs", "xml"]);
const unseen = new Map([
  ["default", "a default is what the server assumes for a missing value, which no response shows"],
  ["deprecated", "a deprecation changes no response"],
  ["readOnly", "who may write a property shows only in what happens to it later, which isn't tested"],
  ["writeOnly", "who may read a property shows only in what happens to it later, which isn't tested"],
]);
/** Keywords that are compared otherwise than as a whole. */
const structural = new Set([
  "properties",
  "required",
  "$ref",
  "$defs",
  "definitions",
  "$id",
  "$anchor",
  "$schema",
]);
const ofMembers = [
  "items",
  "additionalProperties",
  "contains",
  "propertyNames",
  "unevaluatedProperties",
  "unevaluatedItems",
];
const mapsOfMembers = ["patternProperties", "dependentSchemas"];
const combinations = ["anyOf", "oneOf"];
const asides = ["not", "if", "then", "else"];

/** Compares schemas along their structure, each pair of them once. */
export class SchemaDiff {
  readonly changes: SchemaChange[] = [];
  /** How many descriptions, examples and the like differ. */
  words = 0;
  readonly #oracles: Sides<Oracle>;
  readonly #direction: Direction;
  readonly #seen = new Set<string>();

  constructor(oracles: Sides<Oracle>, direction: Direction) {
    this.#oracles = oracles;
    this.#direction = direction;
  }

  /**
   * @param at where the value stands, for readers: `query limit`
   * @param around pointers of the choices that both stand in
   */
  compare(
    base: string,
    revision: string,
    at: string,
    around: Sides<readonly string[]> = nothingAround,
  ): void {
    const pair = `${base}\n${revision}`;
    if (this.#seen.has(pair)) return;
    this.#seen.add(pair);
    const meant: Sides<MeantSchema> = {
      base: meantSchema(this.#oracles.base, base),
      revision: meantSchema(this.#oracles.revision, revision),
    };
    const told = new Set<string>();
    const into = (keyword: string, next: string, steps: readonly (string | number)[], around2 = around) => {
      const [before, after] = sides.map((side) => meant[side].keywords.get(keyword));
      if (!before || !after) return;
      this.compare(
        joinPointer(before.owner, keyword, ...steps),
        joinPointer(after.owner, keyword, ...steps),
        `${at}${next}`,
        around2,
      );
    };
    const valueIn = (side: Side, keyword: string) => meant[side].keywords.get(keyword)?.value;

    this.#properties(meant, at, around, (name) => into("properties", `/${name}`, [name]));
    for (const keyword of ofMembers) {
      if (!sides.every((side) => isObject(valueIn(side, keyword)))) continue;
      told.add(keyword);
      into(keyword, keyword === "propertyNames" ? "/(name)" : "/*", []);
    }
    for (const keyword of [...mapsOfMembers]) {
      const [before, after] = sides.map((side) => objectOr(valueIn(side, keyword)));
      if (canonicalSet(Object.keys(before ?? {})) !== canonicalSet(Object.keys(after ?? {}))) continue;
      told.add(keyword);
      for (const name of Object.keys(before ?? {})) into(keyword, "/*", [name]);
    }
    this.#lists(meant, at, around, told);
    for (const keyword of asides) {
      if (!sides.every((side) => isObject(valueIn(side, keyword)))) continue;
      told.add(keyword);
      into(keyword, "", [], within(around, meant, keyword));
    }
    this.#keywords(meant, at, around, told);
  }

  /** A schema that one document alone has, where the other takes anything. */
  only(side: Side, pointer: string, at: string): void {
    const below = schemasWithin(this.#oracles[side], pointer);
    this.#add({
      kind: side === "base" ? "schema-removed" : "schema-added",
      key: `schema ${pointer}`,
      message: `${at}: ${side === "base" ? "no schema describes it anymore" : "a schema describes it now"}`,
      pointers: { [side]: pointer },
      schemas: { [side]: pointer },
      isBroken: (its, breach) => its === side && below.has(ownerOf(breach.pointer)),
    });
  }

  #properties(
    meant: Sides<MeantSchema>,
    at: string,
    around: Sides<readonly string[]>,
    into: (name: string) => void,
  ): void {
    const has = (side: Side, name: string) =>
      Object.hasOwn(objectOr(meant[side].keywords.get("properties")?.value), name);
    const requires = (side: Side, name: string) =>
      listOr(meant[side].keywords.get("required")?.value).includes(name);
    const names = new Set(
      sides.flatMap((side) => [
        ...Object.keys(objectOr(meant[side].keywords.get("properties")?.value)),
        ...listOr(meant[side].keywords.get("required")?.value).map(String),
      ]),
    );
    for (const name of names) {
      const [inBase, inRevision] = sides.map((side) => has(side, name));
      if (inBase !== inRevision) {
        this.#property(meant, name, inBase ? "base" : "revision", at, around, requires);
        continue;
      }
      if (inBase) into(name);
      if (requires("base", name) === requires("revision", name)) continue;
      const side = requires("base", name) ? "base" : "revision";
      this.#add({
        kind: side === "base" ? "property-became-optional" : "property-became-required",
        key: `required ${meant.base.pointer} ${meant.revision.pointer} ${name}`,
        message: `${at}/${name} ${side === "base" ? "is no longer required" : "is now required"}`,
        pointers: constraintsAt(meant, "required"),
        schemas: { base: meant.base.pointer, revision: meant.revision.pointer },
        isBroken: (its, breach) =>
          (ownerAmong(meant[its], "required", breach) && isMember(breach, name)) ||
          isAround(around[its], breach),
      });
    }
  }

  #property(
    meant: Sides<MeantSchema>,
    name: string,
    side: Side,
    at: string,
    around: Sides<readonly string[]>,
    requires: (side: Side, name: string) => boolean,
  ): void {
    const owner = meant[side].keywords.get("properties")?.owner ?? meant[side].pointer;
    const schema = joinPointer(owner, "properties", name);
    const mark = this.#direction === "request" ? "readOnly" : "writeOnly";
    if (meantSchema(this.#oracles[side], schema).keywords.get(mark)?.value === true) return;
    const below = schemasWithin(this.#oracles[side], schema);
    const isRequired = requires(side, name);
    const closing = ["additionalProperties", "unevaluatedProperties"];
    this.#add({
      kind: side === "base" ? "property-removed" : "property-added",
      key: `property ${side} ${schema}`,
      message: `${at}/${name} ${side === "base" ? "is gone" : `is new (${isRequired ? "required" : "optional"})`}`,
      pointers: { [side]: schema },
      schemas: { base: meant.base.pointer, revision: meant.revision.pointer },
      property: { name, side, schema, isRequired },
      isBroken: (its, breach) => {
        if (its === side && below.has(ownerOf(breach.pointer))) return true;
        const isOwn = ["required", ...closing].some((keyword) => ownerAmong(meant[its], keyword, breach));
        return (isOwn && isMember(breach, name)) || isAround(around[its], breach);
      },
    });
  }

  /** Branches, and items that have places of their own. */
  #lists(meant: Sides<MeantSchema>, at: string, around: Sides<readonly string[]>, told: Set<string>): void {
    for (const keyword of ["allOf", ...combinations, "prefixItems"]) {
      const [before, after] = sides.map((side) => meant[side].keywords.get(keyword));
      if (!Array.isArray(before?.value) || !Array.isArray(after?.value)) continue;
      told.add(keyword);
      const { pairs, added, removed } =
        keyword === "prefixItems"
          ? pairBranches.byPlace(before.value, after.value)
          : pairBranches.byContent(before.value, after.value);
      const inner = combinations.includes(keyword) ? within(around, meant, keyword) : around;
      const owners = {
        base: joinPointer(before.owner, keyword),
        revision: joinPointer(after.owner, keyword),
      };
      for (const [one, other] of pairs)
        this.compare(
          joinPointer(owners.base, one),
          joinPointer(owners.revision, other),
          keyword === "prefixItems" ? `${at}/${one}` : at,
          inner,
        );
      if (added.length + removed.length === 0) continue;
      const below: Sides<ReadonlySet<string>> = {
        base: allWithin(this.#oracles.base, removed, owners.base),
        revision: allWithin(this.#oracles.revision, added, owners.revision),
      };
      this.#add({
        kind: "branches-changed",
        key: `${keyword} ${owners.base} ${owners.revision}`,
        message: `${at === "" ? "the value" : at}: ${keyword} has ${after.value.length} instead of ${before.value.length} schemas`,
        pointers: owners,
        schemas: { base: meant.base.pointer, revision: meant.revision.pointer },
        isBroken: (its, breach) =>
          breach.pointer === owners[its] ||
          below[its].has(ownerOf(breach.pointer)) ||
          isAround(around[its], breach),
      });
    }
  }

  /** All other constraints of one schema: together, for a value shows them together. */
  #keywords(
    meant: Sides<MeantSchema>,
    at: string,
    around: Sides<readonly string[]>,
    told: ReadonlySet<string>,
  ): void {
    const names = new Set(sides.flatMap((side) => [...meant[side].keywords.keys()]));
    const changed: string[] = [];
    for (const name of names) {
      if (structural.has(name) || told.has(name)) continue;
      const [before, after] = sides.map((side) => meaningOf(name, meant[side].keywords.get(name)?.value));
      if (before === after) continue;
      const reason = unseen.get(name);
      if (words.has(name) || name.startsWith("x-")) this.words++;
      else if (reason === undefined) changed.push(name);
      else
        this.#add({
          ...this.#described(meant, at, [name]),
          kind: `${name}-changed`,
          isBroken: () => false,
          unseen: reason,
        });
    }
    if (changed.length === 0) return;
    this.#add({
      ...this.#described(meant, at, changed),
      kind: changed.length === 1 ? `${changed[0]}-changed` : "constraints-changed",
      isBroken: (its, breach) =>
        changed.some((keyword) => ownerAmong(meant[its], keyword, breach)) || isAround(around[its], breach),
    });
  }

  #described(meant: Sides<MeantSchema>, at: string, keywords: readonly string[]) {
    const shown = keywords.map((keyword) => {
      const [before, after] = sides.map((side) => inWords(meant[side].keywords.get(keyword)?.value));
      return `${keyword} ${before} → ${after}`;
    });
    return {
      key: `${keywords.join(" ")} ${meant.base.pointer} ${meant.revision.pointer}`,
      message: `${at}: ${shown.join(", ")}`,
      pointers: constraintsAt(meant, keywords[0] ?? ""),
      schemas: { base: meant.base.pointer, revision: meant.revision.pointer },
    };
  }

  #add(change: SchemaChange): void {
    this.changes.push(change);
  }
}

const nothingAround: Sides<readonly string[]> = { base: [], revision: [] };

/** Two texts are equal when the keyword means the same. */
function meaningOf(keyword: string, value: unknown): string {
  if (keyword === "type" || keyword === "enum")
    return canonicalSet(Array.isArray(value) ? value : value && [value]);
  if (keyword === "additionalProperties" || keyword === "items")
    return value === true ? "" : canonical(value);
  return canonical(value);
}

function constraintsAt(meant: Sides<MeantSchema>, keyword: string): Sides<string> {
  const at = ({ keywords, pointer }: MeantSchema) => {
    const owner = keywords.get(keyword)?.owner;
    return owner === undefined ? pointer : joinPointer(owner, keyword);
  };
  return { base: at(meant.base), revision: at(meant.revision) };
}

function ownerAmong({ keywords }: MeantSchema, keyword: string, breach: Breach): boolean {
  const owner = keywords.get(keyword)?.owner;
  return owner !== undefined && breach.pointer === joinPointer(owner, keyword);
}

function isMember({ member }: Breach, name: string): boolean {
  return member === name || member === settled(name);
}

function isAround(around: readonly string[], { pointer }: Breach): boolean {
  return around.includes(pointer);
}

function within(
  around: Sides<readonly string[]>,
  meant: Sides<MeantSchema>,
  keyword: string,
): Sides<readonly string[]> {
  const own = constraintsAt(meant, keyword);
  return { base: [...around.base, own.base], revision: [...around.revision, own.revision] };
}

function allWithin(oracle: Oracle, indices: readonly number[], owner: string): ReadonlySet<string> {
  return new Set(indices.flatMap((index) => [...schemasWithin(oracle, joinPointer(owner, index))]));
}
