import type { Answer } from "../provider/handler.ts";

/** The same answer with another body; whoever sends it counts its length. */
export function withBody(answer: Answer, body: string): Answer {
  return { ...answer, body };
}

export function withHeader(answer: Answer, name: string, value: string): Answer {
  return { ...answer, headers: { ...withoutHeader(answer, name).headers, [name]: value } };
}

export function withoutHeader(answer: Answer, name: string): Answer {
  const kept = Object.entries(answer.headers).filter(([key]) => key.toLowerCase() !== name.toLowerCase());
  return { ...answer, headers: Object.fromEntries(kept) };
}

export function textOf({ body }: Answer): string {
  return typeof body === "string" ? body : new TextDecoder().decode(body);
}

export function contentTypeOf({ headers }: Answer): string | undefined {
  const value = headers["content-type"];
  return typeof value === "string" ? value : value?.[0];
}
