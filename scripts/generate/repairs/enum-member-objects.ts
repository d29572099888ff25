import { isObject, type Json, walk } from "../json.ts";
import type { Repair, RepairChange } from "./repair.ts";

/** `- value: x` or `- type: stringLiteral` + `value: x`, perhaps with a description, instead of `- x`. */
export const enumMemberObjects: Repair = {
  id: "enum-member-objects",
  why: "The exporter writes enum members as objects that wrap the value; JSON Schema 2020-12 Validation §6.1.2 compares the instance with the member itself, so no string could ever be valid.",
  apply(document) {
    const changes: RepairChange[] = [];
    walk(document, (value, path) => {
      if (path.at(-1) !== "enum" || !Array.isArray(value)) return;
      for (const [index, member] of value.entries()) {
        const inner = wrappedValue(member);
        if (inner === undefined) continue;
        value[index] = inner;
        changes.push({ path: [...path, index], from: JSON.stringify(member), to: JSON.stringify(inner) });
      }
    });
    return changes;
  },
};

const wrapperKeys = new Set(["value", "type", "name", "description"]);

function wrappedValue(member: Json): Json | undefined {
  if (!isObject(member) || !Object.keys(member).every((key) => wrapperKeys.has(key))) return undefined;
  const inner = member["value"];
  return isObject(inner) || Array.isArray(inner) ? undefined : inner;
}
