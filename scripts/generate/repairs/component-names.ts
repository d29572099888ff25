import { InputError } from "../../cli/input-error.ts";
import { fromPointer, isObject, type JsonObject, toPointer, walk } from "../json.ts";
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
  return `#${toPointer(["components", kind, name])}`;
}

/**
 * References stand in `$ref` and, for discriminators, in the values of `mapping`, where the name of a schema alone
 * will do (OpenAPI 3.1 §4.8.25). They may be percent-encoded, and lead further into the component.
 */
function rewriteReferences(document: JsonObject, renamed: ReadonlyMap<string, string>): void {
  const rewritten = (target: string): string | undefined => {
    const [, component, rest] = /^(#\/components\/[^/]+\/[^/]+)(.*)$/s.exec(target) ?? [];
    if (component === undefined) return undefined;
    const plain = renamed.get(`#${toPointer(fromPointer(component))}`);
    return plain && `${plain}${rest}`;
  };
  walk(document, (value, path) => {
    if (!isObject(value)) return;
    const isMapping = path.at(-1) === "mapping";
    for (const key of isMapping ? Object.keys(value) : ["$ref"]) {
      const target = value[key];
      if (typeof target !== "string") continue;
      const plain = rewritten(target) ?? (isMapping ? renamed.get(reference("schemas", target)) : undefined);
      if (plain !== undefined) value[key] = plain;
    }
  });
}
