import { joinPointer } from "../contract/json-pointer.ts";
import type { Check } from "./check.ts";
import { documentedStatuses } from "./check.ts";

/** OpenAPI 3.1, section 4.8.16: the documented responses are those to expect; `default` covers all others. */
export const statusCodeConformance: Check = {
  id: "status-code-conformance",
  rule: "Every response status is documented for the operation.",
  begin:
    () =>
    ({ operation, exchange, response, rule, limits }) => {
      if (!response || exchange.case.expectation === "unsupported-method") return undefined;
      // An empty path parameter makes a different path, about which the operation says nothing.
      if (
        !rule &&
        response.status >= 400 &&
        response.status < 500 &&
        hasEmptySegment(exchange.case.request.path)
      )
        return undefined;
      if (rule || limits.acceptedStatuses.get("status-code-conformance")?.has(response.status)) return [];
      return [
        {
          kind: `undocumented-${response.status}`,
          pointer: joinPointer(operation.pointer, "responses"),
          message: `The status ${response.status} isn't documented.`,
          expected: `one of ${documentedStatuses(operation)}`,
          actual: String(response.status),
        },
      ];
    },
};

function hasEmptySegment(path: string): boolean {
  return /\/(\/|\?|$)/.test(path);
}
