import { operationsOf } from "../operations-of.ts";
import type { Repair, RepairChange } from "./repair.ts";

/** `tags: [[a, a/b]]` instead of `tags: [a, a/b]`. */
export const nestedTags: Repair = {
  id: "nested-tags",
  why: "The exporter writes an operation's tags as a list of lists; OpenAPI 3.1 §4.8.10 has a list of strings.",
  apply(document) {
    const changes: RepairChange[] = [];
    for (const { operation, path } of operationsOf(document)) {
      const tags = operation["tags"];
      if (!Array.isArray(tags) || !tags.some(Array.isArray)) continue;
      const flat = [...new Set(tags.flat(4))].filter((tag) => typeof tag === "string");
      operation["tags"] = flat;
      changes.push({ path: [...path, "tags"], from: JSON.stringify(tags), to: JSON.stringify(flat) });
    }
    return changes;
  },
};
