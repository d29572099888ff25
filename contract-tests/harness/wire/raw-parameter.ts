import type { Contract, Operation, Parameter } from "../contract/contract.ts";
import { isObject } from "../contract/json-object.ts";
import type { PathMatch } from "../contract/match-operation.ts";
import type { HttpRequest } from "../http/message.ts";
import type { Oracle } from "../schema/oracle.ts";
import { admits } from "./admitted-types.ts";
import { namedParts } from "./pairs.ts";
import type { RawParameter } from "./style.ts";
import { decodingFor } from "./write-parameter.ts";

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
      const values = namedParts(request, "header").values.get(parameter.name.toLowerCase());
      return { own: values === undefined ? [] : [values.join(",")], pairs: [], decode };
    }
    default: {
      const { pairs: all, values } = namedParts(request, parameter.in);
      const own = values.get(parameter.name) ?? [];
      if (parameter.style === "deepObject") return { own, pairs: all, decode };
      const spread = isSpread(oracle, parameter);
      const claimed = spread ? claimedNames(contract, oracle, operation, parameter) : new Set<string>();
      const pairs = spread ? all.filter(({ name }) => !claimed.has(name) && !name.includes("[")) : [];
      return { own, pairs, decode };
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
