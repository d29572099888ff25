import type { Operation } from "../calls/operation.ts";

/**
 * Puts the key where it stands when it isn't a header's value as it is: in the query, in a cookie, or as `user:password`
 * in base64 (RFC 7617 §2).
 *
 * @param headers where a cookie or `Authorization` is added
 * @returns the address, with the key in its query
 */
export function placeKey(
  keyIn: NonNullable<Operation["keyIn"]>,
  name: string,
  key: string,
  url: string,
  headers: Headers,
): string {
  const pair = `${encodeURIComponent(name)}=${encodeURIComponent(key)}`;
  if (keyIn === "query") return `${url}${url.includes("?") ? "&" : "?"}${pair}`;
  if (keyIn === "basic") headers.set(name, `Basic ${btoa(key)}`);
  else headers.set("cookie", [headers.get("cookie"), pair].filter(Boolean).join("; "));
  return url;
}
