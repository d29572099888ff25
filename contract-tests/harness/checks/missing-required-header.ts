import type { Check } from "./check.ts";

/** A required header is required: without it, the request must get a client error (OpenAPI 3.1, section 4.8.12.2). */
export const missingRequiredHeader: Check = {
  id: "missing-required-header",
  rule: "A request without a required header is rejected.",
  begin:
    () =>
    ({ exchange, response, limits }) => {
      const { deviation } = exchange.case;
      if (!response || deviation?.in !== "header" || deviation.keyword !== "required") return undefined;
      const { status } = response;
      const accepted = limits.acceptedStatuses.get("missing-required-header");
      if (accepted ? accepted.has(status) : [400, 401, 403, 406, 412, 422, 428].includes(status)) return [];
      if (status >= 500) return undefined; // not-a-server-error has told it
      return [
        {
          kind: status < 400 ? "accepted" : "rejected-for-another-reason",
          pointer: deviation.pointer,
          message: `The server answered ${status} to a request without the required header ${deviation.name}.`,
          expected: accepted ? `one of ${[...accepted].join(", ")}` : "400, 401, 403, 406, 412, 422 or 428",
          actual: String(status),
        },
      ];
    },
};
