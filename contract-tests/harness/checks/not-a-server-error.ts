import { joinPointer } from "../contract/json-pointer.ts";
import type { Check } from "./check.ts";

/** No request may break the server: 5xx (but 501 for an unknown method). */
export const notAServerError: Check = {
  id: "not-a-server-error",
  rule: "No request makes the server fail.",
  begin:
    () =>
    ({ exchange, response, operation, limits }) => {
      const pointer = joinPointer(operation.pointer, "responses");
      const expected = "a status below 500";
      if (!response) return undefined; // response-received tells of a lost connection
      if (response.status < 500 || limits.acceptedStatuses.get("not-a-server-error")?.has(response.status))
        return [];
      if (response.status === 501 && exchange.case.expectation === "unsupported-method") return [];
      return [
        {
          kind: `status-${response.status}`,
          pointer,
          message: `The server failed with status ${response.status}.`,
          expected,
          actual: String(response.status),
        },
      ];
    },
};
