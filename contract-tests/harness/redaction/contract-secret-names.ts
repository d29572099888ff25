/** An OpenAPI document as parsed: read by shape, never trusted. */
type Node = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Node {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isSecretSchema(schema: unknown): boolean {
  return (
    isObject(schema) &&
    (schema["format"] === "password" ||
      schema["x-fresh"] === true ||
      (schema["writeOnly"] === true && mayHoldText(schema["type"])))
  );
}

/** A write-only number or flag is a setting, and as a secret it would be found in every unrelated number. */
function mayHoldText(type: unknown): boolean {
  if (type === undefined) return true;
  const types: readonly unknown[] = Array.isArray(type) ? type : [type];
  return types.some((one) => one === "string" || one === "object" || one === "array");
}

/**
 * Names, in lower case, whose values the contract itself marks as secret: properties and parameters with `format:
 * password`, `writeOnly: true` or `x-fresh: true` (on the schema or on the parameter), and the names of `apiKey`
 * security schemes (OpenAPI 3.1, "Security Scheme Object").
 *
 * @param document the parsed OpenAPI document; `$ref`s need not be resolved, since every definition is visited once
 */
export function contractSecretNames(document: unknown): ReadonlySet<string> {
  const names = new Set<string>();
  const seen = new Set<object>();
  const waiting: unknown[] = [document];
  while (waiting.length > 0) {
    const node = waiting.pop();
    if (typeof node !== "object" || node === null || seen.has(node)) continue;
    seen.add(node);
    if (isObject(node)) {
      const name = node["name"];
      if (typeof name === "string") {
        if (typeof node["in"] === "string" && (isSecretSchema(node) || isSecretSchema(node["schema"]))) {
          names.add(name.toLowerCase());
        }
        if (node["type"] === "apiKey") names.add(name.toLowerCase());
      }
      if (isObject(node["properties"])) {
        for (const [property, schema] of Object.entries(node["properties"])) {
          if (isSecretSchema(schema)) names.add(property.toLowerCase());
        }
      }
    }
    waiting.push(...Object.values(node));
  }
  return names;
}
