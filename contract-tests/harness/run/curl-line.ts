import { announcesLength } from "../http/announces-length.ts";
import type { HttpRequest } from "../http/message.ts";
import type { CarriedSecret } from "../wire/secrets-of.ts";

/**
 * A command for a POSIX shell that sends the same request, byte for byte. Each secret becomes a variable named after
 * where it stands: `$XI_API_KEY`.
 */
export function curlLine(baseUrl: string, request: HttpRequest, secrets: readonly CarriedSecret[]): string {
  const words = ["curl", "-sS", "-i", "--path-as-is", "--globoff"];
  if (request.method === "HEAD") words.push("--head");
  else words.push("-X", quote(request.method));
  words.push(hide(baseUrl.replace(/\/$/, "") + request.path, secrets, encodeURIComponent));
  const has = (name: string) => request.headers.some(([key]) => key.toLowerCase() === name);
  for (const [name, value] of request.headers)
    words.push("-H", value === "" ? quote(`${name};`) : hide(`${name}: ${value}`, secrets, (text) => text));
  // curl adds these by itself: an empty value takes them out.
  for (const name of ["accept", "user-agent"]) if (!has(name)) words.push("-H", quote(`${name}:`));
  if (!request.body) {
    // As it was sent; curl tells no length by itself, and some servers take that for another request.
    if (announcesLength(request.method) && !has("content-length"))
      words.push("-H", quote("content-length: 0"));
    return words.join(" ");
  }
  if (!has("content-type")) words.push("-H", quote("content-type:"));
  const text = new TextDecoder("utf-8", { fatal: false }).decode(request.body);
  const plain = Buffer.from(text).equals(Buffer.from(request.body));
  const same = (value: string) => value;
  if (plain && !unprintable.test(text)) return [...words, "--data-raw", hide(text, secrets, same)].join(" ");
  if (plain) {
    const content = hide(escaped(text), secrets, escaped);
    return `printf %b ${content} | ${[...words, "--data-binary", "@-"].join(" ")}`;
  }
  return `printf %s ${Buffer.from(request.body).toString("base64")} | base64 -d | ${[...words, "--data-binary", "@-"].join(" ")}`;
}

/** What a terminal doesn't show as it is, so that a copy of it would be something else: line ends of multipart, above all. */
const unprintable =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/;

/** As `printf %b` takes it (POSIX.1-2017, printf). */
function escaped(text: string): string {
  return text.replaceAll("\\", "\\\\").replace(new RegExp(`${unprintable.source}|\n`, "g"), (character) => {
    if (character === "\r") return "\\r";
    if (character === "\n") return "\\n";
    return [...Buffer.from(character)].map((byte) => `\\0${byte.toString(8).padStart(3, "0")}`).join("");
  });
}

/** The variable's name: upper case, underscores, and never one that means something to the shell. */
function variable({ in: place, name }: CarriedSecret): string {
  const base = name.toUpperCase().replace(/[^A-Z0-9]+/g, "_");
  return place === "header" && /[-_]/.test(name) ? base : `API_${base}`;
}

function quote(text: string): string {
  return /^[\w./:=@%+,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

function hide(text: string, secrets: readonly CarriedSecret[], encode: (value: string) => string): string {
  // The longest first: a key alone may stand within the header that another variable holds.
  const [hidden] = secrets
    .filter(({ value }) => value !== "" && text.includes(encode(value)))
    .sort((a, b) => b.value.length - a.value.length);
  if (!hidden) return quote(text);
  const parts = text.split(encode(hidden.value));
  const rest = secrets.filter((secret) => secret !== hidden);
  return parts.map((part) => (part === "" ? "" : hide(part, rest, encode))).join(`"$${variable(hidden)}"`);
}
