import type { Contract, Operation } from "../contract/contract.ts";
import { sameShape } from "../contract/match-operation.ts";

/** OPTIONS is left out: a server may answer it for any resource (RFC 9110, section 9.3.7), as CORS layers do. */
const candidates = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "TRACE"] as const;

/**
 * Methods that the operation's path doesn't document: for one operation of each path, the first. HEAD belongs to GET
 * (RFC 9110, section 9.3.2), so that it is undocumented only where GET is.
 */
export function undocumentedMethods(contract: Contract, operation: Operation): readonly string[] {
  const siblings = contract.operations.filter((other) => sameShape(other.path, operation.path));
  if (siblings[0] !== operation) return [];
  const documented = new Set(siblings.map(({ method }) => method));
  return candidates.filter(
    (method) => !documented.has(method) && !(method === "HEAD" && documented.has("GET")),
  );
}
