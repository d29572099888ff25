import type { MediaType } from "../contract/contract.ts";
import { headerValue } from "../http/header-value.ts";
import { parseMediaType } from "../http/media-type.ts";
import type { HttpRequest, HttpResponse } from "../http/message.ts";
import type { Oracle } from "../schema/oracle.ts";
import { readBody } from "../wire/body.ts";

/** The one value that an answer's body holds; undefined when there is none, or several, or it can't be read. */
export function answerValue(oracle: Oracle, { method }: HttpRequest, response: HttpResponse): unknown {
  const media = parseMediaType(headerValue(response.headers, "content-type") ?? "");
  if (!media || response.body.length === 0 || method === "HEAD") return undefined;
  const read = readBody({ oracle, mediaType: anyType }, response.body, response.headers, media, "response");
  return "values" in read && read.values.length === 1 ? read.values[0]?.value : undefined;
}

const anyType: MediaType = { name: "*/*", pointer: "", examples: [], encoding: new Map() };
