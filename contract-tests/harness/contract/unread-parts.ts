import { joinPointer, pointerSteps } from "./json-pointer.ts";
import type { NotJudged } from "./not-judged.ts";
import { isJsonSequence } from "./read-parameter.ts";
import type { VisitedObject } from "./visit-objects.ts";

/** What OpenAPI 3.2 can say and nothing here reads. */
export function unreadParts(objects: readonly VisitedObject[]): NotJudged[] {
  const told: NotJudged[] = [];
  for (const { kind, value, pointer } of objects) {
    if (kind !== "mediaType") continue;
    const name = pointerSteps(pointer).at(-1) ?? "";
    for (const field of ["itemSchema", "prefixEncoding", "itemEncoding"]) {
      if (value[field] === undefined || (field === "itemSchema" && isJsonSequence(name))) continue;
      told.push({
        pointer: joinPointer(pointer, field),
        reason: `the ${field} of ${name} isn't supported, so nothing is checked against it`,
      });
    }
  }
  return told;
}
