import { ApiError } from "../errors/api-error.ts";

/** The error that a call ends with; fails when it doesn't, or with something else. */
export async function caught(call: PromiseLike<unknown>): Promise<ApiError> {
  let result: unknown;
  try {
    result = await call;
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw new Error("rejected with something that is no ApiError", { cause: error });
  }
  throw new Error(`resolved to ${JSON.stringify(result)}`);
}
