import { InputError } from "../../cli/input-error.ts";
import { isObject, type JsonObject, walk } from "../json.ts";
import type { Repair, RepairChange } from "./repair.ts";

/** `type_:Name` and `type_pkg:Name` instead of `Name`. */
export const componentNames: Repair = {
  id: "component-names",
  why: 'The exporter prefixes component names with `type_:` or `type_package:`; OpenAPI 3.1 §4.8.7 allows only letters, digits, ".", "-" and "_". Without the prefix a name stays the same over revisions.',
  apply(document, { page }) {
    const components = document["components"];
    if (!isObject(components)) return [];
    const renamed = new Map<string, string>();
    const changes: RepairChange[] = [];
    for (const [kind, members] of Object.entries(components)) {
      if (!isObject(members)) continue;
      const plainMembers: JsonObject = {};
      for (const [name, member] of Object.entries(members)) {
        const plain = name.replace(/^type_[\w.-]*:/, "");
        if (Object.hasOwn(plainMembers, plain))
          throw new InputError(
            `${page.file}: two components of ${kind} would both be called "${plain}" (one of them is "${name}"); rename one at its source or import the pages apart.`,
          );
        plainMembers[plain] = member;
        if (plain === name) continue;
        renamed.set(reference(kind, name), reference(kind, plain));
        changes.push({ path: ["components", kind, name], from: name, to: plain });
      }
      components[kind] = plainMembers;
    }
    rewriteReferences(document, renamed);
    return changes;
  },
};

function reference(kind: string, name: string): string {
  return `#/components/${kind}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

/** References stand in `$ref` and, for discriminators, in the values of `mapping` (OpenAPI 3.1 §4.8.25). */
function rewriteReferences(document: JsonObject, renamed: ReadonlyMap<string, string>): void {
  walk(document, (value, path) => {
    if (!isObject(value)) return;
    const keys = path.at(-1) === "mapping" ? Object.keys(value) : ["$ref"];
    for (const key of keys) {
      const target = value[key];
      const plain = typeof target === "string" ? renamed.get(target) : undefined;
      if (plain !== undefined) value[key] = plain;
    }
  });
}
