/** What ends the authority of an address in a text: the rest of the address, or of the text. */
const behindAuthority = /[\s/?#"<>\\]/g;
const inScheme = /[a-z0-9+.-]/i;

/** A text without the user info of addresses (RFC 3986, section 3.2.1): `https://me:pw@host` has some. */
export function withoutUserInfo(text: string): string {
  let result = "";
  let from = 0;
  for (let at = text.indexOf("://"); at !== -1; at = text.indexOf("://", at + 3)) {
    if (at < from || !inScheme.test(text.charAt(at - 1))) continue;
    behindAuthority.lastIndex = at + 3;
    const end = behindAuthority.exec(text)?.index ?? text.length;
    const sign = text.slice(at + 3, end).lastIndexOf("@");
    if (sign <= 0) continue;
    result += `${text.slice(from, at + 3)}REDACTED`;
    from = at + 3 + sign;
  }
  return result + text.slice(from);
}
