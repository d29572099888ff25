import type { Operation, Parameter } from "../contract/contract.ts";
import type { PathMatch } from "../contract/match-operation.ts";
import type { HttpRequest } from "../http/message.ts";
import type { ParameterText } from "./parse-parameter.ts";

/** The text of `parameter` in a request; undefined when the request doesn't carry it. */
export function parameterText(
  request: HttpRequest,
  match: PathMatch,
  parameter: Parameter,
  operation: Operation,
): ParameterText | undefined {
  switch (parameter.in) {
    case "path": {
      const raw = match.values.get(parameter.name);
      return raw === undefined ? undefined : { values: [decode(raw)], all: [] };
    }
    case "header": {
      const values = request.headers
        .filter(([name]) => name.toLowerCase() === parameter.name.toLowerCase())
        .map(([, value]) => value);
      return values.length === 0 ? undefined : { values: [values.join(",")], all: [] };
    }
    case "cookie":
      return fromPairs(cookiePairs(request), parameter, operation);
    default:
      return fromPairs(queryPairs(request), parameter, operation);
  }
}

/** Names and values of the query, percent-decoded, in order. */
export function queryPairs(request: HttpRequest): [string, string][] {
  const start = request.path.indexOf("?");
  if (start === -1) return [];
  return request.path
    .slice(start + 1)
    .split("&")
    .filter((part) => part !== "")
    .map((part) => pair(part.replaceAll("+", "%20")));
}

/** Names and values of the Cookie header. */
export function cookiePairs(request: HttpRequest): [string, string][] {
  return request.headers
    .filter(([name]) => name.toLowerCase() === "cookie")
    .flatMap(([, value]) => value.split(";"))
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .map(pair);
}

function pair(part: string): [string, string] {
  const at = part.indexOf("=");
  return at === -1 ? [decode(part), ""] : [decode(part.slice(0, at)), decode(part.slice(at + 1))];
}

function fromPairs(
  pairs: readonly (readonly [string, string])[],
  parameter: Parameter,
  operation: Operation,
): ParameterText | undefined {
  const values = pairs.filter(([name]) => name === parameter.name).map(([, value]) => value);
  if (parameter.style === "deepObject") {
    return pairs.some(([name]) => name.startsWith(`${parameter.name}[`)) ? { values, all: pairs } : undefined;
  }
  // An exploded object has its properties' names: all that no other parameter claims may be its own, whatever the name.
  const others = new Set(
    operation.parameters.filter((p) => p.in === parameter.in && p !== parameter).map((p) => p.name),
  );
  const free = pairs.filter(([name]) => !others.has(name) && !name.includes("["));
  const spread = parameter.style === "form" && parameter.explode ? free : [];
  return values.length + spread.length > 0 ? { values, all: spread } : undefined;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
