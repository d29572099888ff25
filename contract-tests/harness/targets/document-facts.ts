import type { Contract } from "../contract/contract.ts";
import { isObject, listOr } from "../contract/json-object.ts";
import { pointerSteps, valueAt } from "../contract/json-pointer.ts";
import type { Answered } from "./evidence.ts";

const known = new WeakMap<Contract, Map<string, ReadonlySet<string>>>();

/** True when `value` stands as an example or default at `pointer`, below it, or where references from there lead. */
export function isExample(contract: Contract, pointer: string, value: unknown): boolean {
  return examplesAt(contract, pointer).has(JSON.stringify(value));
}

/** Tells whether what stands at a place of the answer, or around it, is an example or default of the document. */
export function examplesIn(
  contract: Contract,
  { answered, answer }: Answered,
): (instance: string) => boolean {
  // An answer may break its schema in thousands of places, and most lie in the same few values.
  const known = new Map<string, boolean>();
  const isOne = (place: string): boolean => {
    const told = known.get(place) ?? isExample(contract, answered, valueAt(answer, place));
    known.set(place, told);
    return told;
  };
  return (instance) => prefixes(instance).some(isOne);
}

/** `/a/b` → `/a/b`, `/a`, ``: a place and all that it lies in. */
function prefixes(pointer: string): string[] {
  const places = [pointer];
  for (let place = pointer; place !== ""; ) {
    place = place.slice(0, place.lastIndexOf("/"));
    places.push(place);
  }
  return places;
}

/** True when an example or default of those has a `$ref` in it. */
export function hasReferenceInExample(contract: Contract, pointer: string): boolean {
  return [...examplesAt(contract, pointer)].some((text) => /\{"\$ref":/.test(text));
}

function examplesAt(contract: Contract, pointer: string): ReadonlySet<string> {
  const byPointer = known.get(contract) ?? new Map<string, ReadonlySet<string>>();
  known.set(contract, byPointer);
  const examples = byPointer.get(pointer) ?? examplesFrom(contract, pointer);
  byPointer.set(pointer, examples);
  return examples;
}

function examplesFrom(contract: Contract, pointer: string): ReadonlySet<string> {
  const found = new Set<string>();
  const add = (value: unknown) => {
    if (value !== undefined) found.add(JSON.stringify(value));
  };
  const seen = new Set<string>();
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) visit(item);
    if (!isObject(value)) return;
    const reference = value["$ref"];
    if (typeof reference === "string" && !seen.has(reference)) {
      seen.add(reference);
      visit(valueAt(contract.document, reference.replace(/^#/, "")));
    }
    for (const [key, item] of Object.entries(value)) {
      if (key === "example" || key === "default") add(item);
      if (key === "examples" && Array.isArray(item)) item.forEach(add);
      visit(item);
    }
    if ("value" in value) add(value["value"]); // an Example Object
  };
  visit(valueAt(contract.document, pointer));
  return found;
}

/** True when the schema in which `pointer` stands (or the component around it) leads back to itself by references. */
export function isCyclic(contract: Contract, pointer: string): boolean {
  const start = componentOf(pointer);
  if (start === undefined) return false;
  const told = cycles.get(contract) ?? new Map<string, boolean>();
  cycles.set(contract, told);
  const isOne = told.get(start) ?? leadsBack(contract, start);
  told.set(start, isOne);
  return isOne;
}

const cycles = new WeakMap<Contract, Map<string, boolean>>();

function leadsBack(contract: Contract, start: string): boolean {
  const seen = new Set<string>();
  const next = [...componentsWithin(valueAt(contract.document, start))];
  for (let at = next.pop(); at !== undefined; at = next.pop()) {
    if (at === start) return true;
    if (seen.has(at)) continue;
    seen.add(at);
    next.push(...componentsWithin(valueAt(contract.document, at)));
  }
  return false;
}

/** `/components/schemas/Pet/properties/id` → `/components/schemas/Pet`. */
function componentOf(pointer: string): string | undefined {
  const [root, kind, name] = pointerSteps(pointer);
  return root === "components" && kind !== undefined && name !== undefined
    ? pointer.split("/").slice(0, 4).join("/")
    : undefined;
}

function componentsWithin(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(componentsWithin);
  if (!isObject(value)) return [];
  const reference = value["$ref"];
  const own =
    typeof reference === "string" ? listOr([componentOf(reference.replace(/^#/, ""))]).filter(isText) : [];
  return [...own, ...Object.values(value).flatMap(componentsWithin)];
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}
