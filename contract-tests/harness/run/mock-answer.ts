import type { Exchange } from "../checks/finding.ts";
import type { HttpResponse } from "../http/message.ts";
import type { CheckOutcome } from "./exchange-judge.ts";

/** Checks that compare an answer with what is documented for it. */
const documentedAnswerChecks: ReadonlySet<string> = new Set([
  "status-code-conformance",
  "content-type-conformance",
  "response-schema-conformance",
  "response-headers-conformance",
]);

/** What a mock answers for want of a documented answer isn't judged by what is documented. */
export function withoutMockErrors(
  outcomes: readonly CheckOutcome[],
  { response }: Exchange,
): readonly CheckOutcome[] {
  if (!response || !isMockOwnError(response)) return outcomes;
  const notJudged = `the contract documents no answer that fits, so the mock made one of its own (${response.status})`;
  return outcomes.map((outcome) =>
    documentedAnswerChecks.has(outcome.check) ? { check: outcome.check, complaints: [], notJudged } : outcome,
  );
}

/**
 * True when Prism answered with an error of its own making: the contract documents no response that would fit, or Prism's
 * server couldn't read the request. There is nothing of the contract in it.
 */
function isMockOwnError(response: HttpResponse): boolean {
  const type = response.headers.find(([name]) => name.toLowerCase() === "content-type")?.[1] ?? "";
  const body = Buffer.from(response.body).toString("latin1");
  if (type.startsWith("application/problem+json")) return body.includes("https://stoplight.io/prism/errors#");
  return type.startsWith("application/json") && body.startsWith('{"error":{"code":"invalid_json"');
}
