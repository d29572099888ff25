import type { MediaType } from "../contract/contract.ts";
import { isJsonType, parseMediaType } from "../http/media-type.ts";

export type BodyKind = "json" | "form" | "multipart" | "text" | "binary" | "unsupported";

/** How the body of a media type can be made and judged; `media` is the type that was sent, where one was. */
export function bodyKind(
  mediaType: MediaType,
  media = parseMediaType(concreteMediaType(mediaType.name)),
): BodyKind {
  if (!media) return "unsupported";
  if (isJsonType(media)) return "json";
  if (media.type === "application" && media.subtype === "x-www-form-urlencoded") return "form";
  if (media.type === "multipart") {
    // A style spreads a part in ways that this harness doesn't write (OpenAPI 3.1, section 4.8.15).
    const isStyled = [...mediaType.encoding.values()].some(({ style }) => style !== undefined);
    return media.subtype === "form-data" && !isStyled ? "multipart" : "unsupported";
  }
  if (media.type === "text" && media.subtype !== "xml") return "text";
  if (media.subtype === "xml" || media.subtype.endsWith("+xml")) return "unsupported";
  return "binary";
}

/** A range can't be sent: JSON stands for all, and a plain subtype for the others. */
export function concreteMediaType(name: string): string {
  if (name === "*/*" || name === "application/*") return "application/json";
  if (name === "text/*") return "text/plain";
  return name.endsWith("/*") ? name.replace("*", "octet-stream") : name;
}
