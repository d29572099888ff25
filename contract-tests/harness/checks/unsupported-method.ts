import type { Check } from "./check.ts";

/** RFC 9110, section 15.5.6: a method that the resource doesn't support is answered 405 (501 and 404 say no as well). */
export const unsupportedMethod: Check = {
  id: "unsupported-method",
  rule: "A method that isn't documented for the path is refused with 405, 501 or 404.",
  begin:
    () =>
    ({ exchange, response, limits, operation }) => {
      const { deviation, expectation } = exchange.case;
      if (!response || expectation !== "unsupported-method") return undefined;
      const { status } = response;
      const accepted = limits.acceptedStatuses.get("unsupported-method");
      if (accepted ? accepted.has(status) : status === 405 || status === 501 || status === 404) return [];
      if (status >= 500) return undefined; // not-a-server-error has told it
      return [
        {
          kind: `${exchange.case.request.method.toLowerCase()}-${status < 400 ? "accepted" : "refused-otherwise"}`,
          pointer: deviation?.pointer ?? operation.pointer,
          message: `The server answered ${status} to ${exchange.case.request.method}, which isn't documented for this path.`,
          expected: accepted ? `one of ${[...accepted].join(", ")}` : "405, 501 or 404",
          actual: String(status),
        },
      ];
    },
};
