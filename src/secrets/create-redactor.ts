import { secretPrefixes } from "../../generated/provider.ts";

/** Takes secrets out of a text. */
export type Redactor = (text: string) => string;

/** What stands in a secret's place. */
export const mask = "[REDACTED]";

/**
 * Replaces the key, however a server may have written it when echoing it, and whatever looks like one of the
 * provider's keys or tokens. Each character of the key may be itself, percent-encoded, an escape of JSON or a character
 * reference of HTML; capitals don't matter, as in header names they are lost.
 */
export function createRedactor(key = mask): Redactor {
  const base64 = btoa(key).replace(/=+$/, "");
  const spelled = [...key].map((character) => {
    const code = character.charCodeAt(0);
    const hex = code.toString(16);
    return `(?:\\\\?${escaped(character)}|%${hex}|\\\\u00${hex}|&#(x0*${hex}|0*${code});?)`;
  });
  const likely = secretPrefixes.map((prefix) => `|\\b${prefix}\\w+`).join("");
  const secret = new RegExp(`${spelled.join("")}|${escaped(base64)}${likely}`, "gi");
  return (text) => text.replace(secret, mask);
}

function escaped(text: string): string {
  return text.replace(/\W/g, "\\$&");
}
