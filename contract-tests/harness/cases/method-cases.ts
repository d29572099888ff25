import { buildRequest, type RequestParts, withoutBody } from "../wire/request-parts.ts";
import { type CaseCollector, pathOf } from "./case-collector.ts";
import { undocumentedMethods } from "./undocumented-methods.ts";

/** A case for each method that the operation's path doesn't document. */
export function addMethodCases(collector: CaseCollector, base: RequestParts): void {
  const { contract, oracle, operation, paths } = collector;
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
