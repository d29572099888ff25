import { secretPrefixes } from "../../generated/provider.ts";

/** Takes secrets out of a text. */
export type Redactor = (text: string) => string;

/** What stands in a secret's place. */
export const mask = "[REDACTED]";

/**
 * Replaces the key, however a server may have written it when echoing it, and whatever looks like one of the
 * provider's keys or tokens.
 */
export function createRedactor(key = mask): Redactor {
  const percent = encodeURIComponent(key);
  const base64 = btoa(key).replace(/=+$/, "");
  const forms = [JSON.stringify(key).slice(1, -1), key, percent, percent.toLowerCase(), base64];
  const escaped = forms.map((form) => form.replace(/\W/g, "\\$&"));
  const secret = new RegExp(`${escaped.join("|")}|\\b(${secretPrefixes.join("|")})\\w+`, "g");
  return (text) => text.replace(secret, mask);
}
