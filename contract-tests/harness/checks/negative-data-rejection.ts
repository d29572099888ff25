import type { Check, JudgedExchange, Judgement } from "./check.ts";

/** Statuses that say "your data is wrong" (RFC 9110, section 15.5); what the operation documents counts as well. */
const rejecting = new Set([400, 406, 411, 413, 414, 415, 422, 428, 431]);

/** A request that violates the contract in one place must get a client error that is about the request. */
export const negativeDataRejection: Check = {
  id: "negative-data-rejection",
  rule: "A request that violates the contract is rejected with a client error.",
  begin: () => {
    const inConflict = new Set<string>();
    return (exchange) => judge(exchange, inConflict);
  },
};

/** @param inConflict operations of which a valid request was answered 409 too: then a 409 isn't about the data */
function judge(exchange: JudgedExchange, inConflict: Set<string>): Judgement {
  const { response, operation, limits } = exchange;
  const { expectation, deviation } = exchange.exchange.case;
  if (response?.status === 409 && expectation !== "rejected") inConflict.add(operation.id);
  if (!response || expectation !== "rejected" || !deviation) return undefined;
  if (deviation.in === "security" || (deviation.in === "header" && deviation.keyword === "required"))
    return undefined;
  const { status } = response;
  const accepted = limits.acceptedStatuses.get("negative-data-rejection");
  if (!accepted && status === 409 && inConflict.has(operation.id))
    return { notJudged: "409 may be due to the resource's state: valid requests get it as well" };
  if (accepted ? accepted.has(status) : rejects(exchange, status)) return [];
  if (status >= 500) return undefined; // not-a-server-error has told it
  if (!accepted && (status === 401 || status === 403))
    return { notJudged: `the credential was refused (${status}) before the data was checked` };
  return [
    {
      kind: status < 400 ? "accepted" : "rejected-for-another-reason",
      pointer: deviation.pointer,
      ...(deviation.at ? { at: deviation.at } : {}),
      message:
        status < 400
          ? `The server accepted a request that violates ${deviation.keyword} of ${deviation.name ?? deviation.in}.`
          : `The server answered ${status}, which isn't a rejection of the violated ${deviation.keyword} of ${deviation.name ?? deviation.in}.`,
      expected: `a rejection: ${
        accepted
          ? [...accepted].join(", ")
          : operation.responses
              .filter((r) => r.status.startsWith("4"))
              .map((r) => r.status)
              .join(", ") || "400 or 422"
      }`,
      actual: String(status),
    },
  ];
}

function rejects({ operation, exchange }: JudgedExchange, status: number): boolean {
  if (status < 400 || status >= 500 || status === 401 || status === 403) return false;
  if (rejecting.has(status)) return true;
  // A value may lead to another path, where nothing exists, or nothing for this method.
  if ((status === 404 || status === 405) && exchange.case.deviation?.in === "path") return true;
  return operation.responses.some((response) => response.status === String(status));
}
