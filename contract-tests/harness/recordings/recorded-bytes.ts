import { parseMediaType } from "../http/media-type.ts";

/** The charsets whose characters up to U+00FF are one byte of the same number, apart from windows-1252's own. */
const LATIN = new Set(["iso-8859-1", "latin1", "us-ascii", "ascii", "windows-1252"]);

function charsetOf(mediaType: string): string {
  return parseMediaType(mediaType)?.charset ?? "utf-8";
}

export function isUtf8(mediaType: string): boolean {
  return /^utf-?8$/.test(charsetOf(mediaType));
}

/** `true` when `recordedBytes` gives the bytes that the text had in the charset of the media type. */
export function staysInCharset(text: string, mediaType: string): boolean {
  return isUtf8(mediaType) || isLatin(text, mediaType) || /^[\0-\x7f]*$/.test(text);
}

function isLatin(text: string, mediaType: string): boolean {
  return LATIN.has(charsetOf(mediaType)) && /^[\0-\x7f\xa0-\xff]*$/.test(text);
}

/**
 * The bytes of a body that was recorded as text or Base64: in Latin-1 where the media type says so and the text allows,
 * otherwise in UTF-8; undefined when it is no Base64.
 */
export function recordedBytes(text: string, encoding: unknown, mediaType: string): Uint8Array | undefined {
  if (encoding === "base64") return fromBase64(text);
  return new Uint8Array(Buffer.from(text, isLatin(text, mediaType) ? "latin1" : "utf8"));
}

function fromBase64(text: string): Uint8Array | undefined {
  const plain = text
    .replace(/\s/g, "")
    .replaceAll("-", "+")
    .replaceAll("_", "/")
    .replace(/={1,2}$/, "");
  if (!/^[A-Za-z0-9+/]*$/.test(plain) || plain.length % 4 === 1) return undefined;
  return new Uint8Array(Buffer.from(plain, "base64"));
}
