import { objectOr } from "../contract/json-object.ts";
import { headerValue } from "../http/header-value.ts";
import type { HttpResponse } from "../http/message.ts";
import type { OwnFaults } from "./target.ts";

/** Checks that compare an answer with what is documented for it. */
const documentedAnswerChecks: ReadonlySet<string> = new Set([
  "status-code-conformance",
  "content-type-conformance",
  "response-schema-conformance",
  "response-headers-conformance",
]);

/**
 * What a mock answers for want of a documented answer isn't judged by what is documented: the own faults of any mock, also
 * of one that was recorded.
 */
export const withoutMockErrors: OwnFaults = (_operation, { response }, outcomes) => {
  if (!response || !isMockOwnError(response)) return outcomes;
  const notJudged = `the contract documents no matching response, so the mock made up its own (${response.status})`;
  return outcomes.map((outcome) =>
    documentedAnswerChecks.has(outcome.check) ? { check: outcome.check, complaints: [], notJudged } : outcome,
  );
};

/**
 * True when Prism answered with an error of its own making: the contract documents no response that would fit, or Prism's
 * server couldn't read the request. There is nothing of the contract in it.
 */
function isMockOwnError({ headers, body }: HttpResponse): boolean {
  const { type, error } = objectOr(jsonOf(body));
  const mediaType = headerValue(headers, "content-type") ?? "";
  if (mediaType.startsWith("application/problem+json"))
    return typeof type === "string" && type.startsWith("https://stoplight.io/prism/errors#");
  return mediaType.startsWith("application/json") && objectOr(error)["code"] === "invalid_json";
}

function jsonOf(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return undefined;
  }
}
