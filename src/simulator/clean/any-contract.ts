import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import {
  alterAnswer,
  bytesOf,
  contentTypeOf,
  textOf,
  withBody,
  withHeader,
  withoutHeader,
} from "../alter.ts";
import type { Answer, CleanVariation, Handler } from "../handler.ts";

const always = (): boolean => true;
const hasBody = (answer: Answer): boolean => answer.body.length > 0;
const isJson = (answer: Answer): boolean =>
  hasBody(answer) && /[/+]json\b/i.test(contentTypeOf(answer) ?? "");

function compressed(id: string, coding: string, why: string, compress: (body: Uint8Array) => Uint8Array) {
  const wrap = alterAnswer(hasBody, (answer) =>
    withHeader(withBody(answer, compress(bytesOf(answer))), "content-encoding", coding),
  );
  return { id, why, wrap };
}

function rewritten(id: string, why: string, write: (json: string) => string): CleanVariation {
  return { id, why, wrap: alterAnswer(isJson, (answer) => withBody(answer, write(textOf(answer)))) };
}

function mediaType(id: string, why: string, write: (contentType: string) => string): CleanVariation {
  const wrap = alterAnswer(isJson, (answer) =>
    withHeader(answer, "content-type", write(contentTypeOf(answer) ?? "")),
  );
  return { id, why, wrap };
}

/** Every character of every string and property name as an escape. */
function escaped(json: string): string {
  return json.replaceAll(/"(?:[^"\\]|\\.)*"/g, (literal) => {
    const text = String(JSON.parse(literal));
    const units = Array.from({ length: text.length }, (_, index) =>
      text.charCodeAt(index).toString(16).padStart(4, "0"),
    );
    return `"${units.map((unit) => `\\u${unit}`).join("")}"`;
  });
}

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, item]) => [key, reversed(item)] as const)
      .reverse(),
  );
}

function once(change: (answer: Answer) => Answer): (next: Handler) => Handler {
  return (next) => {
    let done = false;
    return alterAnswer(
      () => !done,
      (answer) => {
        done = true;
        return change(answer);
      },
    )(next);
  };
}

/** What HTTP and JSON leave to the server, whatever the contract says. */
export const cleanVariations: readonly CleanVariation[] = [
  compressed("gzip", "gzip", "A content coding is the server's choice (RFC 9110 section 8.4.1.3).", gzipSync),
  compressed("x-gzip", "x-gzip", "x-gzip means gzip (RFC 9110 section 8.4.1.3).", gzipSync),
  compressed("brotli", "br", "br is a registered content coding (RFC 7932).", brotliCompressSync),
  compressed("deflate", "deflate", "deflate is the zlib format (RFC 9110 section 8.4.1.2).", deflateSync),
  compressed("gzip-in-capitals", "GZIP", "Content codings are case-insensitive.", gzipSync),
  compressed(
    "two-content-codings",
    "deflate, gzip",
    "Codings may be stacked, and are listed in the order applied.",
    (body) => gzipSync(deflateSync(body)),
  ),
  {
    id: "chunked",
    why: "The framing is the server's choice (RFC 9112 section 7.1).",
    wrap: alterAnswer(hasBody, (answer) =>
      withHeader(withoutHeader(answer, "content-length"), "transfer-encoding", "chunked"),
    ),
  },
  {
    id: "connection-closed-each-time",
    why: "A server may close the connection after each response (RFC 9112 section 9.6).",
    wrap: alterAnswer(always, (answer) => withHeader(answer, "connection", "close")),
  },
  {
    id: "slow-first-answer",
    why: "A server may take a moment, as long as it stays within the time allowed.",
    wrap: once((answer) => ({ ...answer, wire: { ...answer.wire, delayMs: 120 } })),
  },
  {
    id: "rate-limited-once",
    why: "429 with Retry-After asks a client to try again; it says nothing about the contract (RFC 6585).",
    wrap: once(() => ({ status: 429, headers: { "retry-after": "0" }, body: "" })),
  },
  mediaType(
    "charset-utf-8",
    "A parameter doesn't change the media type.",
    (type) => `${type}; charset=utf-8`,
  ),
  mediaType(
    "charset-quoted-in-capitals",
    "Parameter names and this value are case-insensitive, and may be quoted (RFC 9110 section 8.3).",
    (type) => `${type} ; Charset="UTF-8"`,
  ),
  mediaType("media-type-in-capitals", "Media types are case-insensitive.", (type) => type.toUpperCase()),
  mediaType("media-type-in-mixed-case", "Media types are case-insensitive.", (type) =>
    type.replaceAll(/\b[a-z]/g, (letter) => letter.toUpperCase()),
  ),
  mediaType(
    "media-type-with-unknown-parameter",
    "Receivers ignore unknown parameters.",
    (type) => `${type};profile="https://example.org/v1"`,
  ),
  rewritten("json-indented", "Whitespace between tokens is insignificant (RFC 8259 section 2).", (json) =>
    JSON.stringify(JSON.parse(json), null, 4),
  ),
  rewritten(
    "json-with-whitespace-around",
    "Whitespace may surround the document.",
    (json) => `\r\n\t ${json} \n`,
  ),
  rewritten("json-escaped", "A character and its escape are the same (RFC 8259 section 7).", escaped),
  rewritten("json-properties-reversed", "Objects are unordered.", (json) =>
    JSON.stringify(reversed(JSON.parse(json))),
  ),
  {
    id: "header-names-in-capitals",
    why: "Field names are case-insensitive (RFC 9110 section 5.1).",
    wrap: alterAnswer(always, (answer) => ({
      ...answer,
      headers: Object.fromEntries(
        Object.entries(answer.headers).map(([name, value]) => [name.toUpperCase(), value]),
      ),
    })),
  },
  {
    id: "more-headers",
    why: "A server may add fields that the contract doesn't list.",
    wrap: alterAnswer(always, (answer) => ({
      ...answer,
      headers: {
        "set-cookie": ["region=eu; Path=/", "lb=a1; Path=/"],
        pragma: "no-cache",
        "strict-transport-security": "max-age=31536000",
        "x-request-id": "7c1f8a52-0f0c-4f0e-9c3e-8d3f1c2b4a60",
        "x-ratelimit-remaining": "41",
        via: "1.1 edge",
        ...answer.headers,
      },
    })),
  },
  {
    id: "method-not-allowed-without-body",
    why: "A 405 needs no body.",
    wrap: alterAnswer(
      (answer) => answer.status === 405,
      (answer) => withoutHeader(withBody(answer, ""), "content-type"),
    ),
  },
  {
    id: "method-not-allowed-with-html",
    why: "What a 405 says in its body isn't documented.",
    wrap: alterAnswer(
      (answer) => answer.status === 405,
      (answer) => withHeader(withBody(answer, "<h1>405</h1>"), "content-type", "text/html"),
    ),
  },
  {
    id: "method-not-allowed-as-404",
    why: "A router may not tell another method from another path.",
    wrap: alterAnswer(
      (answer) => answer.status === 405,
      (answer) => ({ ...withoutHeader(answer, "allow"), status: 404 }),
    ),
  },
  {
    id: "method-not-allowed-as-501",
    why: "501 is right where the server doesn't know the method (RFC 9110 section 15.6.2).",
    wrap: alterAnswer(
      (answer) => answer.status === 405,
      (answer) => ({ ...withoutHeader(answer, "allow"), status: 501 }),
    ),
  },
  {
    id: "options-answered",
    why: "OPTIONS describes what a path can do, and preflights use it, whatever the contract lists.",
    wrap: alterAnswer(
      (answer, request) => request.method === "OPTIONS" && answer.status === 405,
      (answer) => ({
        ...withHeader(withBody(answer, ""), "access-control-allow-origin", "*"),
        status: 204,
      }),
    ),
  },
];
