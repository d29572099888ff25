import type { DocumentedPage } from "./documented-page.ts";
import type { Path } from "./json.ts";
import type { ParsedDocument } from "./parse-document.ts";
import type { RepairChange } from "./repairs/repair.ts";

/** Finds where in the documented page a place of the repaired document comes from. */
export type PlaceInPage = (path: Path) => string;

/**
 * @param changes the repairs' changes, which tell the published name of a renamed component
 * @returns `file:line` of a place, given by its path in the repaired document
 */
export function placeInPage(
  page: DocumentedPage,
  published: ParsedDocument,
  changes: readonly RepairChange[],
): PlaceInPage {
  const publishedNames = new Map<string, string>();
  for (const { path, from, to } of changes)
    if (path[0] === "components" && path.length === 3 && path[2] === from)
      publishedNames.set(`${path[1]}/${to}`, from);
  return (path) => {
    const name = path[0] === "components" ? publishedNames.get(`${path[1]}/${path[2]}`) : undefined;
    const original = name === undefined ? path : [...path.slice(0, 2), name, ...path.slice(3)];
    return `${page.file}:${published.lineOf(original)}`;
  };
}
