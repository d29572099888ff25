import type { RequestOptions } from "../client-options.ts";
import { ApiError } from "../errors/api-error.ts";
import { toApiError } from "../errors/to-api-error.ts";
import { UnprocessableEntityError } from "../errors/unprocessable-entity-error.ts";
import type { CallResult } from "../http-response-promise.ts";
import type { Transport } from "../transport/transport.ts";
import type { Operation, OperationRequest } from "./operation.ts";
import { parseErrorBody } from "./parse-error-body.ts";
import { readAnswer } from "./read-answer.ts";
import { writePathArgument } from "./write-path-argument.ts";

/**
 * Makes one call of its arguments, which it uses up: path arguments by position, then the request where the operation has
 * one, then request options.
 *
 * @throws ApiError always one of the family, whatever went wrong
 */
export async function invoke(
  send: Transport,
  id: string,
  operation: Operation,
  args: unknown[],
): Promise<CallResult<unknown>> {
  try {
    const { method, path, takes } = operation;
    const url = path.replace(/\{([^{}]+)}/g, (_, name) => writePathArgument(name, args.shift()));
    // The generated call surface types both; callers without types are held to them where they are written.
    const request = (takes && args.shift()) as OperationRequest | undefined;
    const callOptions = args.shift() as RequestOptions | undefined;
    const written =
      request || callOptions || args.length
        ? await (await import("./write-request.ts")).writeRequest(url, operation, request, callOptions, args)
        : undefined;
    const answer = await send({ url, ...written, method, operation, callOptions });
    if (answer.ok) return { data: await readAnswer(id, answer), rawResponse: answer.rawResponse };
    const rawResponse = answer.rawResponse();
    const details = parseErrorBody(answer.text());
    throw answer.status === 422
      ? new UnprocessableEntityError(details, rawResponse)
      : new ApiError({ body: details, rawResponse });
  } catch (error) {
    throw toApiError(error);
  }
}
