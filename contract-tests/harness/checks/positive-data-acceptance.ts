import { joinPointer } from "../contract/json-pointer.ts";
import type { Check, JudgedExchange } from "./check.ts";

/**
 * A request that keeps the contract is due a success. A documented 404, 409 or 410 to made-up data says nothing (what it
 * names need not exist): that is told as not judged, unless the data is the document's own example. Whether a recorded
 * request's credential was meant to be right, nobody can tell.
 */
export const positiveDataAcceptance: Check = {
  id: "positive-data-acceptance",
  rule: "A request that keeps the contract is accepted.",
  begin: () => (exchange) => {
    const { response, operation, limits } = exchange;
    if (!response || exchange.exchange.case.expectation !== "accepted") return undefined;
    const { status } = response;
    const accepted = limits.acceptedStatuses.get("positive-data-acceptance");
    if (accepted ? accepted.has(status) : status < 400) return [];
    if (status >= 500) return undefined; // not-a-server-error has told it
    if (!accepted && namesNothing(exchange))
      return {
        notJudged: `${status} is documented, and the made-up data need not name anything that exists`,
      };
    const refused = status === 401 || status === 403;
    if (refused && exchange.exchange.case.phase === "recorded")
      return {
        notJudged: `the credential was refused (${status}), and a recording doesn't tell a right one from a wrong one`,
      };
    return [
      {
        kind: refused ? "credential-refused" : "refused",
        pointer: joinPointer(operation.pointer, "responses"),
        message: refused
          ? `The server refused the credential (${status}), so nothing else could be judged: give a valid one by --header.`
          : "The server refused a request that keeps the contract.",
        expected: accepted ? `one of ${[...accepted].join(", ")}` : "a success (2xx or 3xx)",
        actual: String(status),
      },
    ];
  },
};

function namesNothing({ operation, response, rule, exchange }: JudgedExchange): boolean {
  if (!response || !rule || exchange.case.phase === "examples") return false;
  if (![404, 409, 410].includes(response.status)) return false;
  if (response.status === 409) return !["GET", "HEAD"].includes(exchange.case.request.method);
  return operation.parameters.some((parameter) => parameter.in === "path");
}
