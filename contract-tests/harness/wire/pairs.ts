import type { HttpRequest } from "../http/message.ts";
import { queryDecode } from "./percent.ts";
import type { RawPair } from "./style.ts";
import { rawPair } from "./write-parameter.ts";

/** What of a request has a name, read once: a request may have thousands of parameters, and each looks here. */
export interface NamedParts {
  readonly pairs: readonly RawPair[];
  /** Raw values by name, in their order; names of headers in lower case. */
  readonly values: ReadonlyMap<string, readonly string[]>;
}

type Place = "query" | "cookie" | "header";

const known = new WeakMap<HttpRequest, Map<Place, NamedParts>>();

export function namedParts(request: HttpRequest, place: Place): NamedParts {
  const own = known.get(request) ?? new Map<Place, NamedParts>();
  known.set(request, own);
  const parts = own.get(place) ?? byName(pairsOf(request, place));
  own.set(place, parts);
  return parts;
}

function pairsOf(request: HttpRequest, place: Place): readonly RawPair[] {
  if (place === "query") return queryPairs(request);
  if (place === "cookie") return cookiePairs(request);
  return request.headers.map(([name, raw]) => ({ name: name.toLowerCase(), raw }));
}

function byName(pairs: readonly RawPair[]): NamedParts {
  const values = new Map<string, string[]>();
  for (const { name, raw } of pairs) {
    const own = values.get(name);
    if (own) own.push(raw);
    else values.set(name, [raw]);
  }
  return { pairs, values };
}

/** Names, decoded, and raw values of the query, in order. */
export function queryPairs(request: Pick<HttpRequest, "path">): RawPair[] {
  const start = request.path.indexOf("?");
  return start === -1 ? [] : formPairs(request.path.slice(start + 1));
}

/** The pairs of `a=1&b=2`, names decoded. */
export function formPairs(text: string): RawPair[] {
  return text
    .split("&")
    .filter((piece) => piece !== "")
    .map((piece) => rawPair(piece, queryDecode));
}

/** Names and values of the Cookie header. */
export function cookiePairs(request: Pick<HttpRequest, "headers">): RawPair[] {
  return request.headers
    .filter(([name]) => name.toLowerCase() === "cookie")
    .flatMap(([, value]) => value.split(";"))
    .map((piece) => piece.trim())
    .filter((piece) => piece !== "")
    .map((piece) => rawPair(piece, (text) => text));
}
