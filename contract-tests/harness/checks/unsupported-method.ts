import type { Case } from "../cases/case.ts";
import { allowComplaints } from "./allow-complaints.ts";
import type { Check, JudgedExchange, Judgement } from "./check.ts";

/**
 * RFC 9110, section 15.5.6: a method that the resource doesn't support is answered 405 (501 and 404 say no as well; 401 and
 * 403 come from servers and gateways that authenticate before they look at the method, and say nothing about it). The `Allow`
 * of a 405 or of a response to OPTIONS is compared with the documented methods.
 */
export const unsupportedMethod: Check = {
  id: "unsupported-method",
  rule: "An undocumented method is refused with 405, 501 or 404, and Allow lists the documented ones.",
  // OPTIONS asks what a path can do: once for each path, which its first operation stands for.
  probes: (cases) => {
    const [known] = cases.filter(({ expectation }) => expectation === "unsupported-method");
    return known ? [asOptions(known)] : [];
  },
  begin: () => (judged) => {
    const { exchange, response } = judged;
    if (!response || exchange.case.expectation !== "unsupported-method") return undefined;
    const allow = response.status === 405 || isOptions(exchange.case) ? allowComplaints(judged) : undefined;
    // A server may answer OPTIONS for any resource, as it likes (RFC 9110, section 9.3.7).
    if (isOptions(exchange.case)) return allow;
    const judgement = methodComplaints(judged);
    return judgement === undefined || "notJudged" in judgement ? judgement : [...judgement, ...(allow ?? [])];
  },
};

function isOptions({ request }: Case): boolean {
  return request.method === "OPTIONS";
}

function methodComplaints({ exchange, response, limits, operation }: JudgedExchange): Judgement {
  if (!response) return undefined;
  const { deviation, request } = exchange.case;
  const { status } = response;
  const accepted = limits.acceptedStatuses.get("unsupported-method");
  if (accepted ? accepted.has(status) : status === 405 || status === 501 || status === 404) return [];
  if (status >= 500) return undefined; // not-a-server-error has told it
  if (!accepted && (status === 401 || status === 403))
    return { notJudged: `the credential was refused (${status}) before the method was checked` };
  return [
    {
      kind: `${request.method.toLowerCase()}-${status < 400 ? "accepted" : "refused-otherwise"}`,
      pointer: deviation?.pointer ?? operation.pointer,
      message: `The server answered ${status} to ${request.method}, which isn't documented for this path.`,
      expected: accepted ? `one of ${[...accepted].join(", ")}` : "405, 501 or 404",
      actual: String(status),
    },
  ];
}

function asOptions(known: Case): Case {
  const { body: _, ...request } = known.request;
  const headers = request.headers.filter(([name]) => !/^content-/i.test(name));
  return {
    ...known,
    id: `${known.operation} › OPTIONS asks what the path can do`,
    request: { ...request, method: "OPTIONS", headers },
    ...(known.deviation ? { deviation: { ...known.deviation, name: "OPTIONS" } } : {}),
  };
}
