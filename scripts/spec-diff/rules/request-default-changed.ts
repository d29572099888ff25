import { isDeepStrictEqual } from "node:util";
import { isObject, type Json, type JsonObject, type Path, valueAt } from "../../generate/json.ts";
import type { Located } from "../located.ts";
import type { Rule } from "./rule.ts";

/** What the server assumes when a client leaves a value out is another than before. */
export const requestDefaultChanged: Rule = {
  id: "request-default-changed",
  meaning: "A client that leaves the value out keeps working but requests something different.",
  changes: (contracts) =>
    contracts.schemas.flatMap(({ direction, base, revision, sites }) => {
      const before = defaultOf(contracts.base, base, sites.base);
      const after = defaultOf(contracts.revision, revision, sites.revision);
      if (direction !== "request" || before === undefined || isDeepStrictEqual(before.value, after?.value))
        return [];
      return [
        {
          bump: "major" as const,
          message: `The default changed from ${JSON.stringify(before.value)} to ${JSON.stringify(after?.value) ?? "none"}.`,
          base: before.path,
          revision: after?.path ?? revision.path,
          before: before.value,
          after: after?.value,
        },
      ];
    }),
};

/** The default beside a reference (JSON Schema 2020-12 §8.2.3.1), else that of the schema itself. */
function defaultOf(document: JsonObject, schema: Located, site: Path): DefaultValue | undefined {
  for (const owner of [site, schema.path]) {
    const holder = valueAt(document, owner);
    const value = isObject(holder) ? holder["default"] : undefined;
    if (value !== undefined) return { value, path: [...owner, "default"] };
  }
  return undefined;
}

interface DefaultValue {
  readonly value: Json;
  readonly path: Path;
}
