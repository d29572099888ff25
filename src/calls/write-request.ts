import type { RequestOptions } from "../client-options.ts";
import { refusal } from "../errors/refusal.ts";
import type { OutgoingRequest } from "../transport/outgoing-request.ts";
import { checkMembers } from "./check-members.ts";
import type { Operation, OperationRequest } from "./operation.ts";
import { writeCookies } from "./write-cookies.ts";
import { writeQuery } from "./write-query.ts";

/** Options of a call, which are no members of a request. */
const optionNames =
  "timeoutInSeconds maxRetries maxResponseBytes abortSignal apiKey queryParams headers asStream";

/** What a call's request and its `queryParams` make of an outgoing request. */
export type WrittenRequest = Pick<OutgoingRequest, "url" | "body" | "headers" | "isOnce">;

/**
 * Writes what an operation takes besides its path arguments: query, header, cookie and body.
 *
 * @param path from the base URL on, its parameters filled in
 * @param surplus what was given after all that a call takes
 * @throws ApiError with code `invalid_argument` for a member that it, or the options, can't have, and for a surplus
 */
export async function writeRequest(
  path: string,
  { takes, styles, requestMediaType }: Operation,
  request: OperationRequest | undefined,
  options: RequestOptions | undefined,
  surplus: readonly unknown[],
): Promise<WrittenRequest> {
  if (surplus.some((argument) => argument !== undefined))
    throw refusal(
      "argument",
      `Too many arguments: the path's, ${takes ? "then the request, " : ""}then request options.`,
    );
  checkMembers("request", request, takes);
  checkMembers("request options", options, optionNames);
  const { query, header, cookie, body } = request ?? {};
  const queries = [
    writeQuery(query, (name) => styles?.[`query ${name}`]),
    writeQuery(options?.queryParams, () => ({ style: "deepObject" })),
  ];
  const written =
    body === undefined
      ? {}
      : requestMediaType
        ? await (await import("../bodies/write-body.ts")).writeBody(body, requestMediaType, styles)
        : { body: JSON.stringify(body), headers: { "content-type": "application/json" } };
  const cookies = cookie && { cookie: writeCookies(cookie) };
  const joined = queries.filter(Boolean).join("&");
  return {
    ...written,
    url: path + (joined && `?${joined}`),
    headers: { ...written.headers, ...cookies, ...header },
  };
}
