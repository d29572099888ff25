import { isObject } from "../contract/json-object.ts";
import { pointerSteps } from "../contract/json-pointer.ts";
import type { Oracle } from "./oracle.ts";
import type { Violation } from "./violation.ts";
import { type DescribedValue, memberOf, rootOf } from "./visit-instance.ts";

/** Stands for an index of a list, a key of a map, and a name that looks like a value: they differ from answer to answer. */
const any = "*";

/**
 * Where in a value a constraint is broken, as far as the constraint's own pointer doesn't tell it: `/items/*` of a
 * `required` in `#/components/schemas/Item`, and nothing of one in the body's own schema. The member that is missing
 * or one too many is its end. Nothing of it comes from the value: indices and keys are `*`, and the rounds of a schema that
 * contains itself are left out. Empty when the pointer tells all.
 */
export function placeInValue(
  oracle: Oracle,
  root: string,
  value: unknown,
  { instance, pointer, member }: Pick<Violation, "instance" | "pointer" | "member">,
): string {
  const steps = stepsAlong(oracle, root, value, pointerSteps(instance));
  const own = untold(steps, pointerSteps(pointer).slice(0, -1));
  const named = member === undefined ? own : [...own, settled(member)];
  return named.map((step) => `/${step}`).join("");
}

/** A name, or `*` for one that looks like an id: digits, a UUID, something long with digits in it. */
export function settled(name: string): string {
  return /^[.,:_-]*\d[\d.,:_-]*$|^[0-9a-f]{8}-[0-9a-f]{4}-|^(?=.*\d)[\w.~-]{16,}$|^[0-9a-f]{12,}$/i.test(name)
    ? any
    : name;
}

/** The steps with what changes from value to value taken out, and without the rounds that lead back to a schema. */
function stepsAlong(oracle: Oracle, root: string, value: unknown, instance: readonly string[]): string[] {
  const way: { readonly step: string; readonly place: DescribedValue }[] = [];
  const start = rootOf(oracle, root, value);
  let place = start;
  for (const name of instance) {
    const next = memberOf(oracle, place, name);
    if (next === undefined) {
      // Nothing describes what stands there: the constraint is about its owner.
      way.push({ step: settled(name), place });
      continue;
    }
    const isNamed = place.schemas.some(
      ({ schema }) => isObject(schema["properties"]) && Object.hasOwn(schema["properties"], name),
    );
    const own = new Set(resolved(next));
    const before = [start, ...way.map((one) => one.place)].findIndex((one) => {
      const above = resolved(one);
      return above.length > 0 && above.every((pointer) => own.has(pointer));
    });
    if (before === -1) way.push({ step: isNamed && !Array.isArray(place.value) ? name : any, place: next });
    else way.length = before;
    place = next;
  }
  return way.map(({ step }) => step);
}

/** The schemas themselves, and not what only refers to them. */
function resolved({ schemas }: DescribedValue): readonly string[] {
  return schemas.filter(({ schema }) => typeof schema["$ref"] !== "string").map(({ pointer }) => pointer);
}

/** What the pointer's end doesn't spell of the steps: `…/properties/owner` is the step `owner`. */
function untold(steps: readonly string[], pointer: readonly string[]): readonly string[] {
  const left = [...steps];
  const at = [...pointer];
  while (at.length > 0) {
    const [keyword = "", name = ""] = at.slice(-2);
    if (keyword === "properties" && left.length > 0 && left.at(-1) === name) {
      at.length -= 2;
      left.pop();
    } else if (inPlace.has(keyword) && /^\d+$/.test(name)) at.length -= 2;
    else if (inPlace.has(name)) at.length -= 1;
    else if (left.at(-1) === any && members.has(name)) {
      at.length -= 1;
      left.pop();
    } else if (left.at(-1) === any && members.has(keyword)) {
      at.length -= 2;
      left.pop();
    } else break;
  }
  return left;
}

/** Keywords whose schemas describe the same value, and those whose schemas describe its members. */
const inPlace = new Set(["allOf", "anyOf", "oneOf", "not", "if", "then", "else"]);
const members = new Set([
  "items",
  "prefixItems",
  "contains",
  "additionalProperties",
  "patternProperties",
  "unevaluatedItems",
  "unevaluatedProperties",
]);
