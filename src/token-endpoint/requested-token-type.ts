import type { BodyFormat } from "./body-format.ts";

/** What a body asks for; `tokenType` is whatever stood there, a string or not. */
export type RequestedTokenType = { readonly tokenType: unknown } | { readonly failed: "bad-request" };

const bad = { failed: "bad-request" } as const;

/** Finds `token_type` in a body. Other members are ignored; the type named twice is refused. */
export function requestedTokenType(format: BodyFormat, bytes: Uint8Array): RequestedTokenType {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return bad;
  }
  return format === "form" ? inForm(text) : inJson(text);
}

function inForm(text: string): RequestedTokenType {
  const values = new URLSearchParams(text).getAll("token_type");
  return values.length > 1 ? bad : { tokenType: values[0] };
}

function inJson(text: string): RequestedTokenType {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return bad;
  }
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, "token_type")) {
    return { tokenType: undefined };
  }
  if (timesNamed(text) > 1) return bad;
  return { tokenType: Reflect.get(value, "token_type") };
}

/** How often the outermost object of a valid JSON text has the member `token_type`, however it is escaped. */
function timesNamed(json: string): number {
  let depth = 0;
  let times = 0;
  for (const [part] of json.matchAll(/"(?:[^"\\]|\\.)*"\s*:?|[{}[\]]/g)) {
    if (part === "{" || part === "[") depth += 1;
    else if (part === "}" || part === "]") depth -= 1;
    else if (depth === 1 && part.endsWith(":") && JSON.parse(part.slice(0, -1)) === "token_type") times += 1;
  }
  return times;
}
