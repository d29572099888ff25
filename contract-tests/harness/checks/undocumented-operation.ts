import { pathItemOf } from "./allow-complaints.ts";
import type { Check } from "./check.ts";

/**
 * Drift in recorded traffic: somebody requests a path or a method that the contract doesn't document. It ignores the
 * harness's own requests, which try such methods on purpose.
 */
export const undocumentedOperation: Check = {
  id: "undocumented-operation",
  rule: "Every recorded request is for a documented operation (warning).",
  judgesUndocumented: true,
  begin:
    () =>
    ({ exchange, operation, response }) => {
      const { expectation, request, isTraffic } = exchange.case;
      if (!isTraffic) return undefined;
      const isPath = expectation === "undocumented";
      if (!isPath && (expectation !== "unsupported-method" || request.method === "OPTIONS")) return [];
      const answer = response === undefined ? "no answer" : String(response.status);
      return [
        {
          kind: isPath ? "undocumented-path" : `undocumented-${request.method.toLowerCase()}`,
          severity: "warning",
          pointer: isPath ? "/paths" : pathItemOf(operation),
          message: isPath
            ? `The traffic has a request for an undocumented path (answered ${answer}).`
            : `The traffic has a ${request.method} request for a path that doesn't document ${request.method} (answered ${answer}).`,
          expected: isPath ? "a documented path" : "a documented method",
          actual: `${request.method} ${request.path.split("?")[0] ?? ""}`,
        },
      ];
    },
};
