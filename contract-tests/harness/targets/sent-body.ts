import type { MediaType } from "../contract/contract.ts";
import { headerValue } from "../http/header-value.ts";
import { coveringContent, parseMediaType } from "../http/media-type.ts";
import type { Evidence } from "./evidence.ts";

export function sentMediaType({ exchange, operation }: Evidence): MediaType | undefined {
  const media = parseMediaType(headerValue(exchange.case.request.headers, "content-type") ?? "");
  return media && coveringContent(operation.requestBody?.contents ?? [], media);
}

export function bodyText({ exchange }: Evidence): string {
  return new TextDecoder().decode(exchange.case.request.body);
}
