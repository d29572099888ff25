import { ruleFor } from "../checks/check.ts";
import type { Operation } from "../contract/contract.ts";
import { headerValue } from "../http/header-value.ts";
import { coveringContent, parseMediaType } from "../http/media-type.ts";
import type { HttpRequest, HttpResponse } from "../http/message.ts";
import type { Oracle } from "../schema/oracle.ts";
import { readBody } from "../wire/body.ts";
import { parameterReadings } from "../wire/read-parameter.ts";
import { mark, markValue } from "./mark-value.ts";
import type { OpenItem, OperationItems } from "./operation-items.ts";

interface Answered {
  readonly request: HttpRequest;
  readonly response: HttpResponse;
  /** Whether the same body of that media type has been marked before. */
  readonly isKnown: (contentType: string) => boolean;
}

/** Marks what an answer is looked at by. */
export function markAnswer(
  oracle: Oracle,
  operation: Operation,
  items: OperationItems,
  { request: { method }, response, isKnown }: Answered,
): void {
  const rule = ruleFor(operation, response.status);
  if (!rule) return;
  const { status, headers } = rule;
  const answered = (keyword: string) => (one: OpenItem) =>
    one.in === "answer" && one.keyword === keyword && one.place === status;
  mark(items.find(answered("response")), "seen");
  for (const header of headers) {
    const value = headerValue(response.headers, header.name);
    if (value === undefined) continue;
    mark(
      items.findAt(header.pointer, (one) => answered("header")(one) && one.value === header.name),
      "seen",
    );
    const { schema } = header;
    if (schema === undefined) continue;
    const parameter = { ...header, in: "header", style: "simple" } as const;
    const raw = { own: [value.trim()], pairs: [], decode: (text: string) => text };
    const readings = parameterReadings(parameter, raw, oracle, "response") ?? [];
    const reading = readings.find((one) => oracle.accepts(schema, "response", one)) ?? readings[0];
    if (reading !== undefined) markValue(oracle, items, "answer", schema, "response", reading);
  }
  const contentType = headerValue(response.headers, "content-type") ?? "";
  const media = parseMediaType(contentType);
  const mediaType = media && coveringContent(rule.contents, media);
  if (!media || !mediaType || method === "HEAD" || response.body.length === 0) return;
  mark(items.findAt(mediaType.pointer, answered("media type")), "seen");
  if (isKnown(contentType)) return;
  const read = readBody({ oracle, mediaType }, response.body, response.headers, media, "response");
  for (const { schema, value } of "values" in read ? read.values : [])
    if (schema !== undefined) markValue(oracle, items, "answer", schema, "response", value);
}
