import { isSensitiveName } from "./sensitive-names.ts";

/**
 * Values that the contract itself gives under sensitive names, as examples or defaults: real ones get into documents,
 * and requests are made from them.
 *
 * @param document the parsed OpenAPI document
 * @param names further names of secrets, in lower case: see `contractSecretNames`
 */
export function publishedSecrets(
  document: unknown,
  names: ReadonlySet<string> = new Set(),
): ReadonlySet<string> {
  const values = new Set<string>();
  const seen = new Set<object>();
  const visit = (node: unknown, name: string): void => {
    if (typeof node === "string" || typeof node === "number") {
      if (isSensitiveName(name, names)) values.add(String(node));
      return;
    }
    if (typeof node !== "object" || node === null || seen.has(node)) return;
    seen.add(node);
    // A parameter's example stands beside its name, a property's below it.
    const parameter = "in" in node && "name" in node && typeof node.name === "string" ? node.name : undefined;
    for (const [key, value] of Object.entries(node)) {
      const belongsAbove = Array.isArray(node) || /^(examples?|default|value|schema)$/.test(key);
      visit(value, belongsAbove ? (parameter ?? name) : key);
    }
  };
  visit(document, "");
  return values;
}
