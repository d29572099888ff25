import type { Contract, Operation, Parameter } from "../contract/contract.ts";
import { isObject } from "../contract/json-object.ts";
import type { PathMatch } from "../contract/match-operation.ts";
import type { HttpRequest } from "../http/message.ts";
import type { Oracle } from "../schema/oracle.ts";
import { admits } from "./admitted-types.ts";
import { queryDecode } from "./percent.ts";
import type { RawPair, RawParameter } from "./style.ts";
import { decodingFor, rawPair } from "./write-parameter.ts";

/** What of a request may be this parameter's, as it stands there. */
export function rawParameter(
  contract: Contract,
  oracle: Oracle,
  operation: Operation,
  parameter: Parameter,
  request: HttpRequest,
  match: PathMatch,
): RawParameter {
  const decode = decodingFor(parameter.in);
  switch (parameter.in) {
    case "path": {
      const raw = match.values.get(parameter.name);
      return { own: raw === undefined ? [] : [raw], pairs: [], decode };
    }
    case "header": {
      const values = request.headers
        .filter(([name]) => name.toLowerCase() === parameter.name.toLowerCase())
        .map(([, value]) => value);
      return { own: values.length === 0 ? [] : [values.join(",")], pairs: [], decode };
    }
    default: {
      const all = parameter.in === "query" ? queryPairs(request) : cookiePairs(request);
      const own = all.filter(({ name }) => name === parameter.name).map(({ raw }) => raw);
      if (parameter.style === "deepObject") return { own, pairs: all, decode };
      const spread = isSpread(oracle, parameter);
      const claimed = spread ? claimedNames(contract, oracle, operation, parameter) : new Set<string>();
      const pairs = all.filter(({ name }) => !claimed.has(name) && !name.includes("["));
      return { own, pairs: spread ? pairs : [], decode };
    }
  }
}

/** True of an exploded object, which stands in the request under the names of its properties. */
export function isSpread(oracle: Oracle, { style, explode, mediaType, schema }: Parameter): boolean {
  return style === "form" && explode && mediaType === undefined && admits(oracle, schema, "object");
}

/** True when nothing at all is a valid value: a spread object without members leaves no trace. */
export function mayBeNothing(oracle: Oracle, parameter: Parameter): boolean {
  const { schema } = parameter;
  if (schema === undefined || !(isSpread(oracle, parameter) || parameter.style === "deepObject"))
    return false;
  return oracle.accepts(schema, "request", {});
}

/** Names that another parameter, or a property of another spread object, or a credential has. */
function claimedNames(
  contract: Contract,
  oracle: Oracle,
  operation: Operation,
  parameter: Parameter,
): ReadonlySet<string> {
  const others = operation.parameters.filter((other) => other.in === parameter.in && other !== parameter);
  const own = new Set(propertyNames(oracle, parameter.schema));
  const spread = others
    .filter((other) => isSpread(oracle, other))
    .flatMap((other) => propertyNames(oracle, other.schema).filter((name) => !own.has(name)));
  const keys = [...contract.securitySchemes.values()].flatMap((scheme) =>
    scheme.kind === "apiKey" && scheme.in === parameter.in ? [scheme.name] : [],
  );
  return new Set([...others.map(({ name }) => name), ...spread, ...keys]);
}

/** Names that the schema gives to properties. */
export function propertyNames(oracle: Oracle, schema: string | undefined): string[] {
  const at = schema === undefined ? undefined : oracle.follow(schema).schema;
  return isObject(at) && isObject(at["properties"]) ? Object.keys(at["properties"]) : [];
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
