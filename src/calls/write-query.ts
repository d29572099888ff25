import { definedEntries, isComposed } from "./composed.ts";
import type { Style } from "./operation.ts";
import { writeValue } from "./write-value.ts";

const separators: Readonly<Record<string, string>> = { spaceDelimited: "%20", pipeDelimited: "%7C" };

/**
 * Writes query parameters (OpenAPI 3.1 §4.8.12.4), percent-encoded: by default lists repeat their name and objects give
 * each member its own. What is `undefined` or `null` is left out.
 *
 * @param styleOf how the parameter of that name is written
 */
export function writeQuery(
  parameters: object | undefined,
  styleOf: (name: string) => Style | undefined,
): string {
  const written = definedEntries(parameters ?? {}).map(([name, value]) => {
    const { style = "form", explode = style === "form" } = styleOf(name) ?? {};
    if (style === "deepObject") return deep(name, value);
    if (!isComposed(value)) return pair(name, value);
    const isList = Array.isArray(value);
    const entries = definedEntries(value);
    if (explode) return entries.map(([key, item]) => pair(isList ? name : key, item)).join("&");
    const items = entries.flatMap(([key, item]) => (isList ? [item] : [key, item])).map(encoded);
    return items.length ? `${encoded(name)}=${items.join(separators[style] ?? ",")}` : "";
  });
  return written.filter(Boolean).join("&");
}

function deep(name: string, value: unknown): string {
  if (!isComposed(value)) return pair(name, value);
  return definedEntries(value)
    .map(([key, item]) => (Array.isArray(value) ? pair(name, item) : deep(`${name}[${key}]`, item)))
    .filter(Boolean)
    .join("&");
}

/** A member that is an object itself, which no style describes, is written as JSON. */
function pair(name: string, value: unknown): string {
  return `${encoded(name)}=${isComposed(value) ? encodeURIComponent(JSON.stringify(value)) : encoded(value)}`;
}

/** Brackets stay as they are, as servers read them either way and people only one. */
function encoded(value: unknown): string {
  return encodeURIComponent(writeValue(value)).replace(/%5([BD])/g, (_, digit) =>
    digit === "B" ? "[" : "]",
  );
}
