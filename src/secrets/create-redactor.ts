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
  const base64 = btoa(key).replace(/(?<!=)=+$/, "");
  const spelled = [...key].map((character) => {
    const code = character.charCodeAt(0);
    const hex = code.toString(16);
    return `(?:\\\\?${escaped(character)}|%${hex}|\\\\u00${hex}|&#(x0*${hex}|0*${code});?)`;
  });
  const likely = secretPrefixes.map((prefix) => `|\\b${prefix}\\w+`).join("");
  const packed = [...[0, 1, 2].map((offset) => base64At(key, offset)), hex(key)]
    .filter((text) => text.length > 7)
    .map((text) => `|${escaped(text).replace(/\\\+/g, "[+-]").replace(/\\\//g, "[/_]")}`)
    .join("");
  const secret = new RegExp(`${spelled.join("")}|${escaped(base64)}${packed}${likely}`, "gi");
  return (text) => text.replace(secret, mask);
}

/** What a key gives to Base64 that it stands in `offset` bytes behind a group of three: its neighbours don't count. */
function base64At(key: string, offset: number): string {
  const end = Math.floor(((offset + key.length) * 4) / 3);
  return btoa(" ".repeat(offset) + key).slice(Math.ceil((offset * 4) / 3), end);
}

function hex(key: string): string {
  return [...key].map((character) => character.charCodeAt(0).toString(16)).join("");
}

function escaped(text: string): string {
  return text.replace(/\W/g, "\\$&");
}
