import type { HttpResponse } from "../http/message.ts";

/**
 * True when Prism answered with an error of its own making: the contract documents no response that would fit, or Prism's
 * server couldn't read the request. There is nothing of the contract in it.
 */
export function isMockOwnError(response: HttpResponse): boolean {
  const type = response.headers.find(([name]) => name.toLowerCase() === "content-type")?.[1] ?? "";
  const body = Buffer.from(response.body).toString("latin1");
  if (type.startsWith("application/problem+json")) return body.includes("https://stoplight.io/prism/errors#");
  return type.startsWith("application/json") && body.startsWith('{"error":{"code":"invalid_json"');
}

/** Checks that compare an answer with what is documented for it. */
export const documentedAnswerChecks: ReadonlySet<string> = new Set([
  "status-code-conformance",
  "content-type-conformance",
  "response-schema-conformance",
  "response-headers-conformance",
]);
