/**
 * Percent-encodes all but unreserved characters (RFC 3986, section 2.3), as RFC 6570 expands values. Undefined for text
 * that has no UTF-8: half of a surrogate pair.
 */
export function percentEncode(text: string): string | undefined {
  if (!isWellFormed(text)) return undefined;
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** `percentEncode` that leaves reserved characters, but for those that would end the value or split it. */
export function percentEncodeReserved(text: string): string | undefined {
  return percentEncode(text)?.replace(/%(3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)/g, (code) =>
    decodeURIComponent(code),
  );
}

/** Undoes percent-encoding; text that isn't percent-encoded stays as it is. */
export function percentDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** As in queries and forms, where `+` is a blank (WHATWG URL, section 5.1). */
export function queryDecode(text: string): string {
  return percentDecode(text.replaceAll("+", "%20"));
}

/** False for text with half of a surrogate pair, which has no form in UTF-8. */
export function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}
