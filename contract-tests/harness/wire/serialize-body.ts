import type { MediaType } from "../contract/contract.ts";
import { isObject } from "../contract/json-object.ts";
import { isJsonType, parseMediaType } from "../http/media-type.ts";
import { concreteMediaType } from "./body-kind.ts";

export interface SerializedBody {
  readonly contentType: string;
  readonly body: Uint8Array;
}

const boundary = "contract-tests-boundary-7d1f";

/** A body in the form of its media type; undefined when there is none for the value. */
export function serializeBody(mediaType: MediaType, value: unknown): SerializedBody | undefined {
  const media = parseMediaType(concreteMediaType(mediaType.name));
  if (!media) return undefined;
  const contentType = concreteMediaType(mediaType.name);
  const name = `${media.type}/${media.subtype}`;
  if (isJsonType(media)) return text(contentType, JSON.stringify(value));
  if (name === "application/x-www-form-urlencoded") {
    const form = isObject(value) ? formText(mediaType, value) : undefined;
    return form === undefined ? undefined : text(contentType, form);
  }
  if (media.type === "multipart") {
    const parts = isObject(value) ? multipartText(mediaType, value) : undefined;
    return parts === undefined ? undefined : text(`${name}; boundary=${boundary}`, parts);
  }
  return typeof value === "string" ? text(contentType, value) : undefined;
}

function text(contentType: string, content: string): SerializedBody {
  return { contentType, body: new TextEncoder().encode(content) };
}

function formText(mediaType: MediaType, value: { readonly [name: string]: unknown }): string | undefined {
  const pairs: string[] = [];
  for (const [name, member] of Object.entries(value)) {
    const { explode } = mediaType.encoding.get(name) ?? {};
    const items = Array.isArray(member) ? member : [member];
    const texts = items.map(partText);
    if (!texts.every((item) => item !== undefined)) return undefined;
    const encoded = texts.map(formEncode);
    if (Array.isArray(member) && explode === false) pairs.push(`${formEncode(name)}=${encoded.join(",")}`);
    else pairs.push(...encoded.map((item) => `${formEncode(name)}=${item}`));
  }
  return pairs.join("&");
}

function formEncode(part: string): string {
  return encodeURIComponent(part).replaceAll("%20", "+");
}

function multipartText(
  mediaType: MediaType,
  value: { readonly [name: string]: unknown },
): string | undefined {
  let content = "";
  for (const [name, member] of Object.entries(value)) {
    for (const item of Array.isArray(member) ? member : [member]) {
      const part = partText(item);
      if (part === undefined || part.includes(boundary)) return undefined;
      const type = mediaType.encoding.get(name)?.contentType?.split(",")[0]?.trim();
      const json = typeof item === "object";
      const file =
        type !== undefined && !/^(text\/plain|application\/json)/.test(type) ? `; filename="${name}"` : "";
      const header = type ?? (json ? "application/json" : undefined);
      content += `--${boundary}\r\nContent-Disposition: form-data; name="${name.replaceAll('"', "%22")}"${file}\r\n`;
      content += `${header === undefined ? "" : `Content-Type: ${header}\r\n`}\r\n${part}\r\n`;
    }
  }
  return `${content}--${boundary}--\r\n`;
}

function partText(value: unknown): string | undefined {
  if (value === null || value === undefined) return undefined;
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
