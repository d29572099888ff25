import type { Contract, Operation } from "../contract/contract.ts";
import type { HttpRequest } from "../http/message.ts";
import { cookiePairs, queryPairs } from "./pairs.ts";
import { queryDecode } from "./percent.ts";

/** A secret that a request carries, and where. */
export interface CarriedSecret {
  readonly in: "header" | "query" | "cookie";
  readonly name: string;
  readonly value: string;
}

/** Everything in the request that says who asks: by the contract's security schemes, and by the parameters' names. */
export function carriedSecrets(
  contract: Contract,
  operation: Operation | undefined,
  request: HttpRequest,
): CarriedSecret[] {
  const names = {
    header: new Set(["authorization", "proxy-authorization"]),
    query: new Set<string>(),
    cookie: new Set<string>(),
  };
  for (const scheme of contract.securitySchemes.values()) {
    if (scheme.kind === "apiKey")
      names[scheme.in].add(scheme.in === "header" ? scheme.name.toLowerCase() : scheme.name);
  }
  for (const parameter of operation?.parameters ?? []) {
    if (!parameter.credential || parameter.in === "path") continue;
    names[parameter.in].add(parameter.in === "header" ? parameter.name.toLowerCase() : parameter.name);
  }
  const secrets: CarriedSecret[] = [];
  for (const [name, value] of request.headers) {
    if (names.header.has(name.toLowerCase()) && value !== "") secrets.push({ in: "header", name, value });
  }
  for (const { name, raw } of queryPairs(request))
    if (names.query.has(name) && raw !== "") secrets.push({ in: "query", name, value: queryDecode(raw) });
  for (const { name, raw } of cookiePairs(request))
    if (names.cookie.has(name) && raw !== "") secrets.push({ in: "cookie", name, value: raw });
  return secrets;
}

/** The secrets' values, the parts that a server would echo: a bearer token without its scheme, a basic password. */
export function secretsOf(contract: Contract, operation: Operation, request: HttpRequest): string[] {
  const values = carriedSecrets(contract, operation, request).flatMap(({ value }) => {
    const [scheme = "", rest] = value.split(" ", 2);
    if (rest === undefined) return [value];
    if (scheme.toLowerCase() !== "basic") return [rest];
    const decoded = Buffer.from(rest, "base64").toString();
    return [rest, decoded.slice(decoded.indexOf(":") + 1)];
  });
  return [...new Set(values)].filter((value) => value.length >= 8);
}
