import type { Answer, Handler, ReceivedRequest } from "./handler.ts";

/** A layer laid over a handler: what a fault or a clean variation is made of. */
export type Layer = (next: Handler) => Handler;

type Awaitable<T> = T | Promise<T>;

/** Lets the server answer as before, then changes the answers that `when` picks. */
export function alterAnswer(
  when: (answer: Answer, request: ReceivedRequest) => boolean,
  change: (answer: Answer, request: ReceivedRequest) => Awaitable<Answer>,
): Layer {
  return (next) => async (request) => {
    const answer = await next(request);
    return when(answer, request) ? change(answer, request) : answer;
  };
}

/** Lets the server believe that it got another request than was sent. */
export function alterRequest(change: (request: ReceivedRequest) => ReceivedRequest): Layer {
  return (next) => (request) => next(change(request));
}

/** Changes every answer with a 2xx status. */
export function onSuccess(change: (answer: Answer, request: ReceivedRequest) => Awaitable<Answer>): Layer {
  return alterAnswer(isSuccess, change);
}

export function isSuccess(answer: Answer): boolean {
  return answer.status >= 200 && answer.status < 300;
}

export function isRefusal(answer: Answer): boolean {
  return answer.status >= 400 && answer.status < 500 && answer.status !== 404 && answer.status !== 405;
}

/** Replaces the document in a JSON body. */
export function withJson(change: (value: unknown, request: ReceivedRequest) => unknown) {
  return (answer: Answer, request: ReceivedRequest): Answer =>
    withBody(answer, JSON.stringify(change(parseBody(answer), request)));
}

/** The same answer with another body; the length is counted anew by whoever sends it. */
export function withBody(answer: Answer, body: string | Uint8Array): Answer {
  return { ...withoutHeader(answer, "content-length"), body };
}

/** The same answer with that header set, whatever the case in which it stood before. */
export function withHeader(answer: Answer, name: string, value: string | readonly string[]): Answer {
  return { ...answer, headers: { ...withoutHeader(answer, name).headers, [name]: value } };
}

export function withoutHeader(answer: Answer, name: string): Answer {
  const kept = Object.entries(answer.headers).filter(([key]) => key.toLowerCase() !== name.toLowerCase());
  return { ...answer, headers: Object.fromEntries(kept) };
}

export function textOf(answer: Answer): string {
  return typeof answer.body === "string" ? answer.body : new TextDecoder().decode(answer.body);
}

export function bytesOf(answer: Answer): Uint8Array {
  return typeof answer.body === "string" ? new TextEncoder().encode(answer.body) : answer.body;
}

function parseBody(answer: Answer): unknown {
  return JSON.parse(textOf(answer));
}

export function contentTypeOf(answer: Answer): string | undefined {
  const value = Object.entries(answer.headers).find(([name]) => name.toLowerCase() === "content-type")?.[1];
  return typeof value === "string" ? value : value?.[0];
}
