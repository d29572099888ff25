import { isObject, type Json, type JsonObject, type Path, valueAt } from "../../generate/json.ts";
import type { Rule } from "./rule.ts";

/**
 * Credentials that sufficed for an operation no longer do. Its own `security` replaces the document's (OpenAPI 3.1
 * §4.8.10.1), so dropping an operation's may add what the document demands.
 */
export const securityDemanded: Rule = {
  id: "security-demanded",
  meaning: "Calls with the previous credentials, or with none, are refused.",
  changes: (contracts) =>
    contracts.operations.flatMap(({ base, revision }) => {
      const before = securityOf(contracts.base, base.path);
      const after = securityOf(contracts.revision, revision.path);
      if (before.alternatives.every((given) => after.alternatives.some((asked) => suffices(given, asked))))
        return [];
      return [
        {
          bump: "major" as const,
          message: `\`${base.method.toUpperCase()} ${base.template}\` requires different credentials.`,
          ...(before.path !== undefined && { base: before.path }),
          revision: after.path ?? revision.path,
          before: before.alternatives,
          after: after.alternatives,
        },
      ];
    }),
};

interface Security {
  /** Where it is said; undefined when nowhere is. */
  readonly path: Path | undefined;
  /** Any of them will do; each names the schemes, with their scopes, that it takes. */
  readonly alternatives: readonly JsonObject[];
}

function securityOf(document: JsonObject, operation: Path): Security {
  for (const path of [[...operation, "security"], ["security"]]) {
    const value: Json | undefined = valueAt(document, path);
    if (!Array.isArray(value)) continue;
    const alternatives = value.filter(isObject);
    return { path, alternatives: alternatives.length === 0 ? [{}] : alternatives };
  }
  return { path: undefined, alternatives: [{}] };
}

/** Whether credentials for `given` are all that `asked` takes. */
function suffices(given: JsonObject, asked: JsonObject): boolean {
  return Object.entries(asked).every(([scheme, scopes]) => {
    const granted = given[scheme];
    return (
      Array.isArray(granted) && Array.isArray(scopes) && scopes.every((scope) => granted.includes(scope))
    );
  });
}
