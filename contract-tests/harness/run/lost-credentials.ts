import type { Contract, Operation, SecurityScheme } from "../contract/contract.ts";
import type { RequestViolation } from "../wire/deviation.ts";
import { security } from "../wire/security.ts";
import type { RecordedExchange } from "./recorded-exchange.ts";

/** So many successes without a credential look like a recorder that took them out. */
const sign = 3;

/** True for what a recorded request may lack because its recorder took it out: whether it was there, nobody can tell. */
export type IsLost = (operation: Operation, violation: RequestViolation) => boolean;

/**
 * What recorders take out of requests: those headers that this one is known to leave out (`takenOut`, in lower case), and
 * every credential where the contract asks for some, no recorded request carries any, and many succeeded all the same.
 */
export function lostCredentials(
  contract: Contract,
  exchanges: readonly RecordedExchange[],
  takenOut: ReadonlySet<string>,
): IsLost {
  const lostAll = lacksAll(contract, exchanges);
  return ({ security: alternatives }, violation) => {
    if (violation.in === "security")
      return (
        lostAll ||
        alternatives.some((names) => names.some((name) => isOf(contract.securitySchemes.get(name), takenOut)))
      );
    return violation.in === "cookie" && violation.keyword === "required" && takenOut.has("cookie");
  };
}

/** The scheme's credential travels in one of these headers. */
function isOf(scheme: SecurityScheme | undefined, headers: ReadonlySet<string>): boolean {
  switch (scheme?.kind) {
    case "basic":
    case "bearer":
      return headers.has("authorization");
    case "apiKey":
      return headers.has(
        scheme.in === "cookie" ? "cookie" : scheme.in === "header" ? scheme.name.toLowerCase() : "",
      );
    default:
      return false;
  }
}

function lacksAll(contract: Contract, exchanges: readonly RecordedExchange[]): boolean {
  if (!contract.operations.some((operation) => operation.security.some((names) => names.length > 0)))
    return false;
  const schemes = [...contract.securitySchemes.values()].map(security);
  const successes = exchanges.filter(({ response }) => response !== undefined && response.status < 400);
  return (
    // One answer to a request without a credential is a finding; only many of them are a sign of the recorder.
    successes.length >= sign &&
    exchanges.every(({ caseId }) => caseId === undefined) &&
    !exchanges.some(({ request }) => schemes.some((scheme) => scheme.isCarried(request)))
  );
}
