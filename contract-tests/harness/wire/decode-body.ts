import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from "node:zlib";
import { isJsonType, isTextType, type ParsedMediaType } from "../http/media-type.ts";

/** What kept a body from being read: `kind` is stable, `message` is one sentence. */
export interface BodyFault {
  readonly kind:
    | "content-encoding"
    | "charset"
    | "utf-8"
    | "byte-order-mark"
    | "json-syntax"
    | "json-trailing";
  readonly message: string;
}

export type DecodedBody = { readonly bytes: Uint8Array } | { readonly fault: BodyFault };

/** A decoded body may be this large; a larger one counts as undecodable. */
const maxDecodedBytes = 64 * 1024 * 1024;

/** Undoes `Content-Encoding` (RFC 9110, section 8.4): gzip, deflate (zlib or raw), br, identity, and lists of them. */
export function decodeContent(body: Uint8Array, contentEncoding: string | undefined): DecodedBody {
  const codings = (contentEncoding ?? "")
    .split(",")
    .map((coding) => coding.trim().toLowerCase())
    .filter((coding) => coding !== "" && coding !== "identity");
  let bytes = body;
  for (const coding of codings.reverse()) {
    if (bytes.length === 0) break;
    const decode = decoders[coding];
    if (!decode)
      return { fault: { kind: "content-encoding", message: `the content coding "${coding}" isn't known` } };
    try {
      bytes = decode(bytes);
    } catch (error) {
      return {
        fault: {
          kind: "content-encoding",
          message: `the body isn't ${coding}: ${error instanceof Error ? error.message : String(error)}`,
        },
      };
    }
  }
  return { bytes };
}

const limit = { maxOutputLength: maxDecodedBytes };
const decoders: Partial<Record<string, (bytes: Uint8Array) => Uint8Array>> = {
  gzip: (bytes) => gunzipSync(bytes, limit),
  "x-gzip": (bytes) => gunzipSync(bytes, limit),
  br: (bytes) => brotliDecompressSync(bytes, limit),
  deflate: (bytes) => {
    try {
      return inflateSync(bytes, limit);
    } catch {
      return inflateRawSync(bytes, limit); // many servers leave the zlib wrapper out
    }
  },
};

export type BodyValue = { readonly value: unknown } | { readonly fault: BodyFault };

/**
 * The value that a schema judges: the JSON value, the text, or undefined for binary content (which no schema describes).
 * JSON is UTF-8 without exception (RFC 8259, section 8.1); other text follows its charset.
 */
export function readBodyValue(bytes: Uint8Array, media: ParsedMediaType): BodyValue {
  if (isJsonType(media)) return readJson(bytes);
  if (!isTextType(media)) return { value: undefined };
  const charset = media.charset ?? "utf-8";
  try {
    return { value: new TextDecoder(charset, { fatal: true }).decode(bytes) };
  } catch (error) {
    const unknown = error instanceof RangeError;
    const message = unknown ? `the charset "${charset}" isn't known` : `the text isn't valid ${charset}`;
    return { fault: { kind: unknown ? "charset" : "utf-8", message } };
  }
}

function readJson(bytes: Uint8Array): BodyValue {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
    return { fault: { kind: "byte-order-mark", message: "the JSON text begins with a byte order mark" } };
  }
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return { fault: { kind: "utf-8", message: "the JSON text isn't valid UTF-8" } };
  }
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (/after JSON|non-whitespace/.test(message)) {
      return { fault: { kind: "json-trailing", message: "something follows the JSON value" } };
    }
    return { fault: { kind: "json-syntax", message: "the body isn't JSON" } };
  }
}
