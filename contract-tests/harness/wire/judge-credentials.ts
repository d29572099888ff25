import type { Contract, Operation } from "../contract/contract.ts";
import { headerValue } from "../http/header-value.ts";
import type { HttpRequest } from "../http/message.ts";
import type { RequestViolation } from "./deviation.ts";
import { cookiePairs, queryPairs } from "./request-texts.ts";

/** A request needs one of the alternatives; whether the credential is right, only the server knows. */
export function* securityViolations(
  contract: Contract,
  operation: Operation,
  request: HttpRequest,
): Generator<RequestViolation> {
  if (operation.security.length === 0) return;
  const header = (name: string) => headerValue(request.headers, name);
  const carries = (name: string): boolean => {
    const scheme = contract.securitySchemes.get(name);
    switch (scheme?.kind) {
      case "apiKey":
        if (scheme.in === "header") return header(scheme.name) !== undefined;
        return (scheme.in === "query" ? queryPairs(request) : cookiePairs(request)).some(
          ([key]) => key === scheme.name,
        );
      case "basic":
        return /^basic /i.test(header("authorization") ?? "");
      case "bearer":
        return /^bearer /i.test(header("authorization") ?? "");
      default:
        return true; // not supported: the contract's reader has told it
    }
  };
  if (operation.security.some((names) => names.every(carries))) return;
  yield {
    pointer: operation.securityPointer,
    keyword: "security",
    in: "security",
    name: "missing",
    message: "no credential that the contract asks for is there",
  };
}
