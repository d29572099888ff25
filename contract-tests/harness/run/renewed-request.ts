import type { Exchange } from "../checks/finding.ts";
import { isObject } from "../contract/json-object.ts";
import { jsonText, parseJsonText, throwUnlessBadText } from "../contract/large-integer.ts";
import { headerValue } from "../http/header-value.ts";
import type { HeaderLine, HttpRequest } from "../http/message.ts";
import { placeholderCredential } from "../wire/credentials.ts";
import type { Credentials } from "../wire/scheme-form.ts";

type Leaf = string | number;

/** Names that a server gives to things and places: what a later request may repeat. */
const givenName =
  /(^|[_-])(id|uuid|guid|key|slug|cursor|next|token)$|[a-z](Id|ID|Uuid|Key|Slug|Cursor|Token)$/i;

/** What the server called things when a report was made, and what it calls them now. */
export class GivenNames {
  readonly #now = new Map<string, Leaf>();

  /** Learns from the same request's earlier and present answer. */
  learn(before: Exchange, now: Exchange): void {
    if (!before.response || !now.response) return;
    this.#compare(jsonOf(before.response.body), jsonOf(now.response.body), "");
    const [old, fresh] = [before, now].map(({ response }) =>
      (headerValue(response?.headers ?? [], "location") ?? "").split(/[/?]/),
    );
    if (old && fresh && old.length === fresh.length)
      for (const [index, segment] of old.entries()) this.#add(decoded(segment), decoded(fresh[index] ?? ""));
  }

  #compare(old: unknown, now: unknown, name: string): void {
    if (Array.isArray(old) && Array.isArray(now))
      for (const [index, item] of old.entries()) this.#compare(item, now[index], name);
    else if (isObject(old) && isObject(now))
      for (const [key, member] of Object.entries(old)) this.#compare(member, now[key], key);
    else if (isLeaf(old) && isLeaf(now) && givenName.test(name)) this.#add(old, now);
  }

  #add(old: Leaf, now: Leaf): void {
    // The one word stands for many secrets.
    if (String(old) !== String(now) && old !== "" && old !== "REDACTED") this.#now.set(String(old), now);
  }

  /** The request with today's names wherever it has one of those days. */
  in(request: HttpRequest): HttpRequest {
    if (this.#now.size === 0) return request;
    const { body } = request;
    const [path = "", ...query] = request.path.split("?");
    const segments = path.split("/").map((segment) => this.#encoded(segment));
    const pairs = query
      .join("?")
      .replace(/(=)([^&]*)/g, (_, sign: string, raw: string) => sign + this.#encoded(raw));
    return {
      ...request,
      path: segments.join("/") + (query.length > 0 ? `?${pairs}` : ""),
      headers: request.headers.map(([name, value]): HeaderLine => {
        const [, scheme = "", own = ""] = /^([A-Za-z]+ +)?(.*)$/s.exec(value) ?? [];
        return [name, scheme + String(this.#now.get(own) ?? own)];
      }),
      ...(body === undefined ? {} : { body: this.#body(body) }),
    };
  }

  #encoded(raw: string): string {
    const now = this.#now.get(decoded(raw));
    return now === undefined ? raw : encodeURIComponent(String(now));
  }

  #body(body: Uint8Array): Uint8Array {
    const value = jsonOf(body);
    let isChanged = false;
    const renewed = (node: unknown): unknown => {
      if (Array.isArray(node)) return node.map(renewed);
      if (isObject(node))
        return Object.fromEntries(Object.entries(node).map(([key, member]) => [key, renewed(member)]));
      const now = isLeaf(node) ? this.#now.get(String(node)) : undefined;
      if (now === undefined || typeof now !== typeof node) return node;
      isChanged = true;
      return now;
    };
    const text = jsonText(renewed(value));
    return isChanged && text !== undefined ? new Uint8Array(Buffer.from(text)) : body;
  }
}

/** What redaction leaves in place of a secret. */
const taken = /\bREDACTED(-\d+)?\b/;

/**
 * The request with the caller's credentials where secrets were taken out or stand-ins were sent. `isAdded`: they are also put
 * where the request has none.
 */
export function withCredentials(
  request: HttpRequest,
  { headers, query, cookies }: Credentials,
  isAdded: boolean,
): HttpRequest {
  const isOpen = (value: string) => taken.test(value) || value.includes(placeholderCredential);
  const given = (name: string) => headers.find(([own]) => own.toLowerCase() === name.toLowerCase());
  const lines = request.headers.map(([name, value]): HeaderLine => {
    if (name.toLowerCase() === "cookie") return [name, renewedPairs(value, ";", cookies)];
    const own = given(name);
    return own && (isAdded || isOpen(value)) ? [name, own[1]] : [name, value];
  });
  const missing = isAdded
    ? headers.filter(([name]) => !request.headers.some(([own]) => own.toLowerCase() === name.toLowerCase()))
    : [];
  const [path = "", ...rest] = request.path.split("?");
  const pairs = renewedPairs(rest.join("?"), "&", query);
  return { ...request, path: path + (rest.length > 0 ? `?${pairs}` : ""), headers: [...lines, ...missing] };

  function renewedPairs(text: string, divider: string, known: Credentials["query"]): string {
    const renewed = text.split(divider).map((pair) => {
      const [own = "", ...old] = pair.split("=");
      const found = known.find(([name]) => name === decoded(own.trim()));
      return found && isOpen(old.join("=")) ? `${own}=${encodeURIComponent(found[1])}` : pair;
    });
    return renewed.join(divider);
  }
}

/** Where a secret that was taken out is still missing; undefined when nothing is. */
export function missingSecret({ path, headers, body }: HttpRequest): string | undefined {
  const line = headers.find(([, value]) => taken.test(value));
  if (line) return `the header ${line[0]}`;
  if (taken.test(path)) return "the address";
  return body && taken.test(Buffer.from(body).toString("latin1")) ? "the body" : undefined;
}

function isLeaf(value: unknown): value is Leaf {
  return typeof value === "string" || typeof value === "number";
}

function jsonOf(body: Uint8Array): unknown {
  try {
    return parseJsonText(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch (error) {
    throwUnlessBadText(error);
    return undefined;
  }
}

function decoded(raw: string): string {
  try {
    return decodeURIComponent(raw);
  } catch {
    return raw;
  }
}
