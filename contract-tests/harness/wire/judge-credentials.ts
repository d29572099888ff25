import type { Contract, Operation } from "../contract/contract.ts";
import type { HttpRequest } from "../http/message.ts";
import type { RequestViolation } from "./deviation.ts";
import { security } from "./security.ts";

/** A request needs one of the alternatives; whether the credential is right, only the server knows. */
export function* securityViolations(
  contract: Contract,
  operation: Operation,
  request: HttpRequest,
): Generator<RequestViolation> {
  if (operation.security.length === 0) return;
  const carries = (name: string): boolean => {
    const scheme = contract.securitySchemes.get(name);
    return scheme === undefined || security(scheme).isCarried(request);
  };
  if (operation.security.some((names) => names.every(carries))) return;
  yield {
    pointer: operation.securityPointer,
    keyword: "security",
    in: "security",
    name: "missing",
    message: "none of the credentials that the contract requires is present",
  };
}
