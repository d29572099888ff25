import { relative } from "node:path";
import type { Provider } from "../generate/provider.ts";

/** What `src/` takes from generated/provider.ts; in the package it stands as it is, in documentation as well. */
const placeholder = /\$\{(providerName|keyVariable)\}/g;

/** What `src/` calls its exports that have the provider's name outside: `ApiClient`, `isApiError`, … */
const neutralName = /\b(is)?Api(?=(Client|Error|ErrorCode|ErrorInit|TimeoutError|Environment)\b)/g;

/** The names of other files in generated/ are the contract's. */
const isNamed = /^(dist\/types\/)?(src\/|generated\/provider-names\.)/;

/**
 * Gives code or declarations of `src/` the provider's names, as generated/provider-names.ts exports them: editors and
 * compilers show the name that a declaration has, not the one under which it is exported.
 *
 * @param root the project's root folder, in which the paths are
 */
export function underNamesOf(
  root: string,
  { name: providerName, keyVariable }: Provider,
): (path: string, text: string) => string {
  const values: Readonly<Record<string, string>> = { providerName, keyVariable };
  return (path, text) =>
    isNamed.test(relative(root, path).replaceAll("\\", "/"))
      ? text
          .replace(neutralName, (_, prefix = "") => `${prefix}${providerName}`)
          .replace(placeholder, (_, member) => values[member] ?? "")
      : text;
}
