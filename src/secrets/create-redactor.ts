import { secretPrefixes } from "../../generated/provider.ts";

/** Takes secrets out of a text. */
export type Redactor = (text: string) => string;

/** What stands in a secret's place. */
export const mask = "[REDACTED]";

/**
 * Replaces the key, however a server may have written it when echoing it, and whatever looks like one of the
 * provider's keys or tokens. Each character of the key may be itself, percent-encoded, an escape of JSON or a character
 * reference of HTML, or the whole may be in hex or, wherever it begins there, in Base64; capitals don't matter, as in
 * header names they are lost.
 */
export function createRedactor(key = mask): Redactor {
  let hex = "";
  const spelled = key.replace(/./gs, (character) => {
    const code = character.charCodeAt(0);
    const digits = code.toString(16);
    hex += digits;
    return `(?:\\\\?${escaped(character)}|%${digits}|\\\\u00${digits}|&#(x0*${digits}|0*${code});?)`;
  });
  // What a key gives to Base64 that it begins so many bytes behind a group of three: its neighbours don't count.
  const within = [0, 1, 2].map((offset) =>
    btoa(" ".repeat(offset) + key).slice(offset && offset + 1, ((offset + key.length) * 4) / 3),
  );
  const [base64 = ""] = btoa(key).split("=");
  const packed = [hex, ...within].filter((text) => text[7]);
  const plain = [base64, ...packed].map((text) => escaped(text).replace(/\\([+/])/g, "[$1_-]"));
  const likely = secretPrefixes.map((prefix) => `\\b${prefix}\\w+`);
  const secret = new RegExp([spelled, ...plain, ...likely].join("|"), "gi");
  return (text) => text.replace(secret, mask);
}

function escaped(text: string): string {
  return text.replace(/\W/g, "\\$&");
}
