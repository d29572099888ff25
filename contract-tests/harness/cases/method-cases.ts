import { merged } from "../wire/credentials.ts";
import { buildRequest, type RequestParts, withoutBody } from "../wire/request-parts.ts";
import { security } from "../wire/security.ts";
import { type CaseCollector, pathOf } from "./case-collector.ts";
import { undocumentedMethods } from "./undocumented-methods.ts";

/**
 * A case for each method that the operation's path doesn't document. Many servers look at the credential before they look
 * for the method: where the operation itself asks for none, the requests carry all that the caller gives.
 */
export function addMethodCases(collector: CaseCollector, plain: RequestParts): void {
  const { contract, oracle, operation, paths, options } = collector;
  const known = operation.security.length > 0 ? [] : [...(options.secrets ?? [])];
  const credentials = merged([
    plain.credentials,
    ...known.map(([scheme, secret]) => security(scheme).write(secret)),
  ]);
  const base = { ...plain, credentials };
  const usual = buildRequest(oracle, operation, base);
  if (!usual) return;
  const pathItem = operation.pointer.slice(0, operation.pointer.lastIndexOf("/"));
  for (const method of undocumentedMethods(contract, operation, paths.matchAll(pathOf(usual)))) {
    const bodiless = ["GET", "HEAD", "TRACE"].includes(method);
    const request = buildRequest(oracle, { ...operation, method }, bodiless ? withoutBody(base) : base);
    if (!request) continue;
    collector.add("coverage", `method ${method} isn't documented`, "unsupported-method", request, {
      pointer: pathItem,
      keyword: "method",
      in: "method",
      name: method,
    });
  }
}
