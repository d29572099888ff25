import type { Operation } from "../contract/contract.ts";
import type { HttpRequest, HttpResponse } from "../http/message.ts";

/** An exchange as sequences look at it. */
export interface Answered {
  readonly operation: Operation;
  readonly request: HttpRequest;
  readonly response: HttpResponse;
  /** The answer's JSON, or its text; undefined when it can't be read. */
  readonly body: unknown;
}

/** True for an answer that says that it was done, and not only that it will be (202). */
export function isDone({ status }: HttpResponse): boolean {
  return status >= 200 && status < 300 && status !== 202;
}
