import { alterRequest } from "../alter.ts";
import type { Fault } from "../handler.ts";
import { isCreate, isDocumentedType, requestedType, tokenTypes, withType } from "../token-contract.ts";

/** The server takes what isn't documented for the documented type that `read` finds in it. */
function taken(
  id: string,
  breach: string,
  read: (given: string, documented: string) => boolean,
  caughtBy = ["negative-data-rejection"],
): Fault {
  const wrap = alterRequest((request) => {
    const given = requestedType(request);
    if (given === undefined || !isCreate(request) || isDocumentedType(given)) return request;
    const type = tokenTypes.find((documented) => read(given, documented));
    return type === undefined ? request : withType(request, type);
  });
  return { id, caughtBy, breach, wrap };
}

function words(text: string): string {
  return text.replaceAll(/[^a-z]/gi, "").toLowerCase();
}

/** The server accepts a type that the contract doesn't document. */
export const acceptsBadInputFaults: readonly Fault[] = [
  taken("unknown-type-accepted", "Any type is accepted.", () => true),
  taken(
    "type-in-upper-case-accepted",
    "A documented type in capitals is accepted.",
    (given, type) => given === type.toUpperCase(),
  ),
  taken(
    "type-in-any-case-accepted",
    "Types are compared case-insensitively.",
    (given, type) => given.toLowerCase() === type,
  ),
  taken(
    "type-with-suffix-accepted",
    "Anything that begins with a documented type is accepted.",
    (given, type) => given.startsWith(type),
  ),
  taken(
    "type-with-prefix-accepted",
    "Anything that ends with a documented type is accepted.",
    (given, type) => given.endsWith(type),
  ),
  taken("type-contained-accepted", "Anything that contains a documented type is accepted.", (given, type) =>
    given.includes(type),
  ),
  taken(
    "type-cut-short-accepted",
    "The beginning of a documented type is accepted.",
    (given, type) => given !== "" && type.startsWith(given),
  ),
  taken("type-trimmed", "Blanks around the type are trimmed.", (given, type) => given.trim() === type),
  taken(
    "type-trimmed-at-end",
    "Blanks after the type are trimmed.",
    (given, type) => given.trimEnd() === type,
  ),
  taken("empty-type-accepted", "An empty type means the first one.", (given) => given === ""),
  taken("blank-type-accepted", "A type of blanks means the first one.", (given) => /^\s+$/.test(given)),
  taken(
    "type-punctuation-ignored",
    "Hyphens and underscores are ignored.",
    (given, type) => words(given) === words(type),
  ),
  taken("type-list-accepted", "A list of types is read as its first one.", (given, type) =>
    given.split(",").includes(type),
  ),
  taken("numeric-type-accepted", "A number is taken as an index into the list of types.", (given) =>
    /^\d+$/.test(given),
  ),
];
