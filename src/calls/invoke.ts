import { createQuerySerializer } from "openapi-fetch";
import type { RequestOptions } from "../client-options.ts";
import { ElevenLabsError } from "../errors/eleven-labs-error.ts";
import { toElevenLabsError } from "../errors/to-eleven-labs-error.ts";
import { UnprocessableEntityError } from "../errors/unprocessable-entity-error.ts";
import { checkPathArgument } from "../guards/check-path-argument.ts";
import type { CallResult } from "../http-response-promise.ts";
import type { Transport } from "../transport/transport.ts";
import type { Operation, OperationRequest } from "./operation.ts";
import { parseAnswer } from "./parse-answer.ts";
import { parseErrorBody } from "./parse-error-body.ts";
import { writeBody } from "./write-body.ts";

/**
 * Makes one call: path arguments by position, then the request where the operation has one, then request options.
 *
 * @throws ElevenLabsError always one of the family, whatever went wrong
 */
export async function invoke(
  send: Transport,
  id: string,
  operation: Operation,
  args: readonly unknown[],
): Promise<CallResult<unknown>> {
  try {
    const { method, pathParameters, credentials } = operation;
    const rest = [...args];
    let url = operation.path;
    for (const { name, isEnum } of pathParameters)
      url = url.replace(`{${name}}`, encodeURIComponent(checkPathArgument(name, rest.shift(), isEnum)));
    // The generated call surface types both: the caller can't leave a request out where there is one.
    const request = (operation.takesRequest ? rest.shift() : {}) as OperationRequest | undefined;
    const callOptions = rest[0] as RequestOptions | undefined;
    const query = createQuerySerializer()({ ...request?.query, ...callOptions?.queryParams });
    const { body, headers } = writeBody(request?.body, operation.requestMediaType);
    const answer = await send({
      method,
      url: query ? `${url}?${query}` : url,
      credentials,
      headers: { ...headers, ...request?.header },
      body,
      callOptions,
    });
    if (answer.ok) return { data: parseAnswer(id, operation, answer), rawResponse: answer.rawResponse };
    const rawResponse = answer.rawResponse();
    const details = parseErrorBody(answer.text);
    throw answer.status === 422
      ? new UnprocessableEntityError(details, rawResponse)
      : new ElevenLabsError({ body: details, rawResponse });
  } catch (error) {
    throw toElevenLabsError(error);
  }
}
