import type { Check } from "./check.ts";

const words: Readonly<Record<string, string>> = { missing: "no", "made-up": "a made-up" };

/**
 * If the contract declares security, a missing or wrong credential is refused (OpenAPI 3.1, section 4.8.30). A server
 * that hides what exists answers 404 (RFC 9110, section 15.5.4), and one that validates first refuses what it would
 * refuse from anyone: neither proves anything unless the right credential was seen to succeed.
 */
export const ignoredAuth: Check = {
  id: "ignored-auth",
  rule: "If the contract declares security, a missing or wrong credential is refused.",
  begin: () => {
    const succeeded = new Set<string>();
    return ({ operation, exchange, response, limits }) => {
      const { deviation, expectation } = exchange.case;
      if (response && response.status < 400 && expectation === "accepted") succeeded.add(operation.id);
      if (!response || deviation?.in !== "security") return undefined;
      const { status } = response;
      const accepted = limits.acceptedStatuses.get("ignored-auth");
      if (accepted ? accepted.has(status) : status === 401 || status === 403) return [];
      if (status >= 500) return undefined; // not-a-server-error has told it
      if (status >= 400 && !accepted) {
        if (!succeeded.has(operation.id)) return undefined;
        if (status === 404) return [];
      }
      return [
        {
          kind: `${deviation.name}-credential-${status < 400 ? "accepted" : "refused-otherwise"}`,
          pointer: deviation.pointer,
          message: `The server answered ${status} to a request with ${words[deviation.name ?? ""] ?? "a wrong"} credential.`,
          expected: accepted ? `one of ${[...accepted].join(", ")}` : "401 or 403",
          actual: String(status),
          ...(deviation.name === "made-up" ? { severity: "warning" as const } : {}),
        },
      ];
    };
  },
};
