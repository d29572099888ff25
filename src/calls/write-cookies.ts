import { definedEntries, isComposed } from "./composed.ts";
import { writeValue } from "./write-value.ts";

/**
 * Cookie parameters as one header (RFC 6265 §4.2.1), percent-encoded where a cookie can't have them as they are; lists
 * are written `a,b`.
 */
export function writeCookies(cookies: object): string {
  return definedEntries(cookies)
    .map(([name, value]) => {
      const items = isComposed(value) ? definedEntries(value).map(([, item]) => item) : [value];
      return `${name}=${items.map((item) => encodeURIComponent(writeValue(item))).join(",")}`;
    })
    .join("; ");
}
