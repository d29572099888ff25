import type { HttpRequest } from "./model.ts";
import type { CarriedSecret } from "./secrets-of.ts";

/**
 * A command for a POSIX shell that sends the same request, byte for byte. Each secret becomes a variable named after
 * where it stands: `$XI_API_KEY`.
 */
export function curlLine(baseUrl: string, request: HttpRequest, secrets: readonly CarriedSecret[]): string {
  const words = ["curl", "-sS", "-i", "--path-as-is", "--globoff"];
  if (request.method === "HEAD") words.push("--head");
  else words.push("-X", request.method);
  words.push(hide(baseUrl.replace(/\/$/, "") + request.path, secrets, encodeURIComponent));
  const has = (name: string) => request.headers.some(([key]) => key.toLowerCase() === name);
  for (const [name, value] of request.headers)
    words.push("-H", value === "" ? quote(`${name};`) : hide(`${name}: ${value}`, secrets, (text) => text));
  // curl adds these by itself: an empty value takes them out.
  for (const name of ["accept", "user-agent"]) if (!has(name)) words.push("-H", quote(`${name}:`));
  if (!request.body) return words.join(" ");
  if (!has("content-type")) words.push("-H", quote("content-type:"));
  const text = new TextDecoder("utf-8", { fatal: false }).decode(request.body);
  const plain = !text.includes("\0") && Buffer.from(text).equals(Buffer.from(request.body));
  if (plain) return [...words, "--data-raw", hide(text, secrets, (value) => value)].join(" ");
  return `printf %s ${Buffer.from(request.body).toString("base64")} | base64 -d | ${[...words, "--data-binary", "@-"].join(" ")}`;
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
  const hidden = secrets.find(({ value }) => value !== "" && text.includes(encode(value)));
  if (!hidden) return quote(text);
  const parts = text.split(encode(hidden.value));
  const rest = secrets.filter((secret) => secret !== hidden);
  return parts.map((part) => (part === "" ? "" : hide(part, rest, encode))).join(`"$${variable(hidden)}"`);
}
