import type { RequestOptions } from "../client-options.ts";
import type { OutgoingRequest } from "../transport/outgoing-request.ts";
import { checkMembers } from "./check-members.ts";
import type { Operation, OperationRequest } from "./operation.ts";
import { writeCookies } from "./write-cookies.ts";
import { writeQuery } from "./write-query.ts";

/** Options of a call, which are no members of a request. */
const optionNames =
  "timeoutInSeconds maxRetries maxResponseBytes abortSignal apiKey queryParams headers asStream";

/** What a call's request and its `queryParams` make of an outgoing request. */
export interface WrittenRequest extends Pick<OutgoingRequest, "body" | "headers" | "isOnce"> {
  /** With its question mark; empty for none. */
  readonly query: string;
}

/**
 * Writes what an operation takes besides its path arguments: query, header, cookie and body.
 *
 * @throws ApiError with code `invalid_argument` for a member that it, or the options, can't have
 */
export async function writeRequest(
  { takes, styles, requestMediaType }: Operation,
  request: OperationRequest | undefined,
  options: RequestOptions | undefined,
): Promise<WrittenRequest> {
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
    query: joined && `?${joined}`,
    headers: { ...written.headers, ...cookies, ...header },
  };
}
