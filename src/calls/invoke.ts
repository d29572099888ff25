import { responseValidators } from "../../generated/validators.js";
import type { RequestOptions } from "../client-options.ts";
import { ElevenLabsError } from "../errors/eleven-labs-error.ts";
import { statusError } from "../errors/status-error.ts";
import { toElevenLabsError } from "../errors/to-eleven-labs-error.ts";
import { checkPathArgument } from "../guards/check-path-argument.ts";
import type { RawResponse, WithRawResponse } from "../raw-response.ts";
import type { LightResponse } from "../transport/light-response.ts";
import type { Operation, OperationRequest } from "./operation.ts";

/** openapi-fetch's `request`, for an operation that is known at run time only. */
export type Send = (
  method: string,
  path: string,
  init: object,
) => Promise<{ data?: unknown; error?: unknown; response: LightResponse }>;

type Validators = Readonly<Record<string, Readonly<Record<string, (data: unknown) => boolean>>>>;

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
    const { method, path, pathParameters, enumPathParameters = pathParameters } = operation;
    const values: Record<string, unknown> = {};
    pathParameters.forEach((name, index) => {
      values[name] = checkPathArgument(name, args[index], enumPathParameters.includes(name));
    });
    const rest = args.slice(pathParameters.length);
    // The generated call surface types both: the caller can't leave a request out where there is one.
    const request = (takesRequest(operation) ? rest.shift() : undefined) as OperationRequest | undefined;
    const callOptions = rest[0] as RequestOptions | undefined;
    const { data, error, response } = await send(method, path, {
      params: {
        path: values,
        query: { ...request?.query, ...callOptions?.queryParams },
        header: request?.header,
      },
      body: request?.body,
      callOptions,
      parseAs: "text",
    });
    const { rawResponse } = response;
    if (!response.ok) throw statusError(error, rawResponse);
    return { data: parse(id, operation, data, rawResponse), rawResponse };
  } catch (error) {
    throw toElevenLabsError(error);
  }
}

function takesRequest({ queryParameters, headerParameters, requestMediaTypes }: Operation): boolean {
  return queryParameters.length + headerParameters.length + requestMediaTypes.length > 0;
}

/** The answer is judged by the documented schema of its status, or of the first success when its own has none. */
function parse(id: string, { successStatuses }: Operation, text: unknown, rawResponse: RawResponse): unknown {
  const validators = (responseValidators as unknown as Validators)[id] ?? {};
  const validate = validators[rawResponse.status] ?? validators[`${successStatuses[0]}`];
  if (!validate) return text;
  let data: unknown;
  try {
    data = JSON.parse(`${text}`);
  } catch {}
  if (validate(data)) return data;
  // The body may hold a token, so neither it nor what the parser says of it is handed on.
  throw new ElevenLabsError({
    code: "invalid_answer",
    message: "The answer isn't what the contract promises.",
    statusCode: rawResponse.status,
    rawResponse,
  });
}
