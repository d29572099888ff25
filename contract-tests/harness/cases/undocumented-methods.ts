import type { Contract, Operation } from "../contract/contract.ts";
import { sameShape } from "../contract/match-operation.ts";

/** OPTIONS is left out: a server may answer it for any resource (RFC 9110, section 9.3.7), as CORS layers do. */
const candidates = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "TRACE"] as const;

/**
 * Methods that nothing documents for a request's path: tried with the first operation of each path. `paths` are all the
 * documented ones that the request's path fits, since `/pets/{id}` may take what `/pets/new` doesn't document. HEAD
 * belongs to GET (RFC 9110, section 9.3.2), so that it is undocumented only where GET is.
 */
export function undocumentedMethods(
  contract: Contract,
  operation: Operation,
  paths: readonly string[],
): readonly string[] {
  const siblings = contract.operations.filter((other) => paths.some((path) => sameShape(path, other.path)));
  if (contract.operations.find((other) => sameShape(other.path, operation.path)) !== operation) return [];
  const documented = new Set(siblings.map(({ method }) => method));
  return candidates.filter(
    (method) => !documented.has(method) && !(method === "HEAD" && documented.has("GET")),
  );
}
