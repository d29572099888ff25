import { isObject } from "../json.ts";
import { camelCase } from "../names.ts";
import { operationsOf } from "../operations-of.ts";
import type { Repair, RepairChange } from "./repair.ts";

/** `operationId: create` on every page that creates something, instead of `tokens.singleUse.create`. */
export const qualifiedOperationId: Repair = {
  id: "qualified-operation-id",
  why: "The exporter keeps only the last word of an operation's name, so that pages collide; OpenAPI 3.1 §4.8.10 wants it unique. The whole name stands in the page's TypeScript sample or in its endpoint id.",
  apply(document, { page }) {
    const changes: RepairChange[] = [];
    const info = document["info"];
    const candidates = [page.sampleCall, endpointNames(isObject(info) ? info["version"] : undefined)];
    for (const { operation, path } of operationsOf(document)) {
      const id = operation["operationId"];
      if (typeof id !== "string") continue;
      const names = candidates.find(
        (candidate) => candidate && candidate.length > 1 && isSameWord(candidate.at(-1) ?? "", id),
      );
      if (names === undefined) continue;
      operation["operationId"] = names.join(".");
      changes.push({ path: [...path, "operationId"], from: id, to: names.join(".") });
    }
    return changes;
  },
};

/** `endpoint_tokens/singleUse.create` → tokens, singleUse, create; `endpoint_studio.create_podcast` → studio, createPodcast. */
function endpointNames(version: unknown): readonly string[] | undefined {
  const id = typeof version === "string" ? /^endpoint_([\w$/.-]+)$/.exec(version)?.[1] : undefined;
  return id
    ?.split(/[/.]/)
    .filter((name) => name !== "")
    .map(camelCase);
}

/** The operationId is written with hyphens where the endpoint's id has underscores or capitals. */
function isSameWord(name: string, operationId: string): boolean {
  const plain = (word: string): string => word.replace(/[_-]/g, "").toLowerCase();
  return plain(name) === plain(operationId);
}
