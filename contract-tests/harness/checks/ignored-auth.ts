import type { Check } from "./check.ts";

/** Where the contract declares security, no credential and a wrong one are refused (OpenAPI 3.1, section 4.8.30). */
export const ignoredAuth: Check = {
  id: "ignored-auth",
  rule: "Where the contract declares security, a missing or wrong credential is refused.",
  begin:
    () =>
    ({ exchange, response, limits }) => {
      const { deviation } = exchange.case;
      if (!response || deviation?.in !== "security") return undefined;
      const { status } = response;
      const accepted = limits.acceptedStatuses.get("ignored-auth");
      if (accepted ? accepted.has(status) : status === 401 || status === 403) return [];
      if (status >= 500) return undefined; // not-a-server-error has told it
      return [
        {
          kind: `${deviation.name}-credential-${status < 400 ? "accepted" : "refused-otherwise"}`,
          pointer: deviation.pointer,
          message: `The server answered ${status} to a request with ${deviation.name === "missing" ? "no" : "a wrong"} credential.`,
          expected: accepted ? `one of ${[...accepted].join(", ")}` : "401 or 403",
          actual: String(status),
        },
      ];
    },
};
