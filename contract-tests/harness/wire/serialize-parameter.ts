import type { Parameter } from "../contract/contract.ts";
import { isObject } from "../contract/json-object.ts";

/**
 * A parameter as it goes into the request (OpenAPI 3.1, section 4.8.12.6): percent-encoded for path and query, raw for
 * headers and cookies. Undefined when the style has no form for the value (null, nested objects, nothing).
 */
export function serializeParameter(parameter: Parameter, value: unknown): string | undefined {
  const encode = encoder(parameter);
  if (parameter.mediaType !== undefined) {
    const text = /json/i.test(parameter.mediaType) ? JSON.stringify(value) : primitive(value);
    if (text === undefined) return undefined;
    return parameter.in === "query" || parameter.in === "cookie"
      ? `${encode(parameter.name)}=${encode(text)}`
      : encode(text);
  }
  if (Array.isArray(value)) return serializeList(parameter, value, encode);
  if (isObject(value)) return serializeObject(parameter, value, encode);
  const text = primitive(value);
  if (text === undefined) return undefined;
  switch (parameter.style) {
    case "label":
      return `.${encode(text)}`;
    case "matrix":
      return text === "" ? `;${encode(parameter.name)}` : `;${encode(parameter.name)}=${encode(text)}`;
    case "simple":
      return encode(text);
    default:
      return `${encode(parameter.name)}=${encode(text)}`;
  }
}

function serializeList(parameter: Parameter, list: readonly unknown[], encode: Encode): string | undefined {
  const items = list.map(primitive);
  if (items.length === 0 || !items.every((item) => item !== undefined)) return undefined;
  // A separator inside an item can't be told from one between items.
  const separator = {
    spaceDelimited: " ",
    pipeDelimited: "|",
    label: ".",
    matrix: ",",
    simple: ",",
    form: ",",
    deepObject: "",
  }[parameter.style];
  const exploded = parameter.explode && parameter.style !== "simple";
  if (!exploded && items.some((item) => item === "" || item.includes(separator))) return undefined;
  if (exploded && parameter.style === "label" && items.some((item) => item.includes("."))) return undefined;
  if (parameter.style === "simple" && items.some((item) => item === "" || item.includes(",")))
    return undefined;
  const encoded = items.map(encode);
  const name = encode(parameter.name);
  switch (parameter.style) {
    case "simple":
      return encoded.join(",");
    case "label":
      return `.${encoded.join(parameter.explode ? "." : ",")}`;
    case "matrix":
      return parameter.explode
        ? encoded.map((item) => `;${name}=${item}`).join("")
        : `;${name}=${encoded.join(",")}`;
    case "form":
      return parameter.explode
        ? encoded.map((item) => `${name}=${item}`).join(parameter.in === "cookie" ? "; " : "&")
        : `${name}=${encoded.join(",")}`;
    case "spaceDelimited":
    case "pipeDelimited":
      if (parameter.explode) return encoded.map((item) => `${name}=${item}`).join("&");
      return `${name}=${encoded.join(parameter.style === "spaceDelimited" ? "%20" : "%7C")}`;
    default:
      return undefined;
  }
}

function serializeObject(
  parameter: Parameter,
  object: { readonly [name: string]: unknown },
  encode: Encode,
): string | undefined {
  const members: (readonly [string, string])[] = [];
  for (const [key, value] of Object.entries(object)) {
    const text = primitive(value);
    if (text === undefined || text.includes(",") || key.includes(",")) return undefined;
    members.push([encode(key), encode(text)]);
  }
  if (members.length === 0) return undefined;
  const name = encode(parameter.name);
  const pairs = members.map(([key, value]) => `${key}=${value}`);
  const flat = members.flat().join(",");
  switch (parameter.style) {
    case "simple":
      return parameter.explode ? pairs.join(",") : flat;
    case "label":
      return `.${parameter.explode ? pairs.join(".") : flat}`;
    case "matrix":
      return parameter.explode ? pairs.map((pair) => `;${pair}`).join("") : `;${name}=${flat}`;
    case "form":
      return parameter.explode ? pairs.join(parameter.in === "cookie" ? "; " : "&") : `${name}=${flat}`;
    case "deepObject":
      return members.map(([key, value]) => `${name}%5B${key}%5D=${value}`).join("&");
    default:
      return undefined;
  }
}

function primitive(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return undefined;
}

type Encode = (text: string) => string;

function encoder(parameter: Parameter): Encode {
  if (parameter.in === "header" || parameter.in === "cookie") return (text) => text;
  if (parameter.in === "query" && parameter.allowReserved) {
    // Reserved characters stay, except those that would end the value.
    return (text) =>
      encodeURIComponent(text).replace(/%(3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)/g, (code) =>
        decodeURIComponent(code),
      );
  }
  return (text) =>
    encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** False for text that would not arrive as it was sent: control or non-ASCII characters, or blanks at the ends. */
export function survivesInHeader(text: string): boolean {
  return /^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/.test(text);
}

/** False for text that a cookie value can't hold (RFC 6265, section 4.1.1). */
export function survivesInCookie(text: string): boolean {
  return /^[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]+$/.test(text);
}

/** False for a path segment that routers resolve or take apart; an empty one arrives, at another path. */
export function survivesInPath(encoded: string): boolean {
  return encoded !== "." && encoded !== ".." && !/%2f|%5c|%00/i.test(encoded) && !encoded.includes("/");
}
