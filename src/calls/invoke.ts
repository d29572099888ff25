import type { RequestOptions } from "../client-options.ts";
import { ElevenLabsError } from "../errors/eleven-labs-error.ts";
import { toElevenLabsError } from "../errors/to-eleven-labs-error.ts";
import { UnprocessableEntityError } from "../errors/unprocessable-entity-error.ts";
import { checkPathArgument } from "../guards/check-path-argument.ts";
import type { WithRawResponse } from "../raw-response.ts";
import type { LightResponse } from "../transport/light-response.ts";
import type { Operation, OperationRequest } from "./operation.ts";
import { parseAnswer } from "./parse-answer.ts";

/** openapi-fetch's `request`, for an operation that is known at run time only. */
export type Send = (
  method: string,
  path: string,
  init: object,
) => Promise<{ data?: unknown; error?: unknown; response: LightResponse }>;

/**
 * Makes one call: path arguments by position, then the request where the operation has one, then request options.
 *
 * @throws ElevenLabsError always one of the family, whatever went wrong
 */
export async function invoke(
  send: Send,
  id: string,
  operation: Operation,
  args: readonly unknown[],
): Promise<WithRawResponse<unknown>> {
  try {
    const { method, path: template, pathParameters, enumPathParameters = pathParameters } = operation;
    const path: Record<string, string> = {};
    const rest = [...args];
    for (const name of pathParameters)
      path[name] = checkPathArgument(name, rest.shift(), enumPathParameters.includes(name));
    // The generated call surface types both: the caller can't leave a request out where there is one.
    const request = (takesRequest(operation) ? rest.shift() : {}) as OperationRequest | undefined;
    const callOptions = rest[0] as RequestOptions | undefined;
    const { data, error, response } = await send(method, template, {
      params: { ...request, path, query: { ...request?.query, ...callOptions?.queryParams } },
      body: request?.body,
      callOptions,
      parseAs: "text",
    });
    const { ok, rawResponse } = response;
    if (ok) return { data: parseAnswer(id, operation, `${data}`, rawResponse), rawResponse };
    if (rawResponse.status === 422) throw new UnprocessableEntityError(error, rawResponse);
    throw new ElevenLabsError({ body: error, rawResponse });
  } catch (error) {
    throw toElevenLabsError(error);
  }
}

function takesRequest({ queryParameters, headerParameters, requestMediaTypes }: Operation): boolean {
  return queryParameters.length + headerParameters.length + requestMediaTypes.length > 0;
}
