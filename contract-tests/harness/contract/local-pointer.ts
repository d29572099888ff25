/** Pointer that a local reference (`#/a/b`, percent-encoded) names; undefined for any other reference. */
export function localPointer(reference: string): string | undefined {
  if (reference === "#") return "";
  if (!reference.startsWith("#/")) return undefined;
  try {
    return decodeURIComponent(reference.slice(1));
  } catch {
    return reference.slice(1);
  }
}
