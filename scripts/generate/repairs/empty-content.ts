import { isObject, walk } from "../json.ts";
import type { Repair, RepairChange } from "./repair.ts";

/** `content: {}` on a response: the exporter's way to say that the page documents no body. */
export const emptyContent: Repair = {
  id: "empty-content",
  why: "The exporter writes `content: {}` where a response's body isn't documented; tools take it for a promise of no media type at all. OpenAPI 3.1 §4.8.17 leaves `content` out instead.",
  apply(document) {
    const changes: RepairChange[] = [];
    walk(document, (value, path) => {
      if (!isObject(value) || path.at(-2) !== "responses") return;
      const content = value["content"];
      if (!isObject(content) || Object.keys(content).length > 0) return;
      delete value["content"];
      changes.push({ path: [...path, "content"], from: "{}", to: "(absent)" });
    });
    return changes;
  },
};
