import { queryPairs } from "../wire/pairs.ts";
import type { JudgedExchange } from "./check.ts";

/**
 * Tells whether a read shows the thing as it is: `?fields=…`, `?lang=…` or `?units=…` may choose, translate or convert what
 * is answered. Plain is a query without optional parameters, or with those alone that every read of the operation has had
 * so far, as one that the caller gives has.
 */
export function plainReads(): (judged: JudgedExchange) => boolean {
  const standing = new Map<string, ReadonlySet<string>>();
  return ({ contract, operation, exchange }) => {
    const names = new Set(queryPairs(exchange.case.request).map(({ name }) => name));
    const before = standing.get(operation.id) ?? names;
    const all = new Set([...before].filter((name) => names.has(name)));
    standing.set(operation.id, all);
    const keys = [...contract.securitySchemes.values()].flatMap((scheme) =>
      scheme.kind === "apiKey" && scheme.in === "query" ? [scheme.name] : [],
    );
    const needed = operation.parameters.flatMap(({ in: place, name, required }) =>
      place === "query" && required ? [name] : [],
    );
    return [...names].every(
      (name) =>
        all.has(name) || [...keys, ...needed].some((own) => name === own || name.startsWith(`${own}[`)),
    );
  };
}
