import { gzipSync } from "node:zlib";
import { alterAnswer, bytesOf, isSuccess, textOf, withBody, withHeader } from "../alter.ts";
import type { Answer, Fault, Handler, ReceivedRequest } from "../handler.ts";
import { isCreate, keyOf, refusedType, requestedType } from "../token-contract.ts";

/** A fault in whose answers, where `when` holds and a key was sent, that key stands. */
function reflected(
  id: string,
  breach: string,
  reflect: (answer: Answer, key: string, count: number) => Answer,
  when: (answer: Answer, request: ReceivedRequest) => boolean = isSuccess,
): Fault {
  const wrap = (next: Handler): Handler => {
    let count = 0;
    return alterAnswer(
      (answer, request) => keyOf(request) !== undefined && when(answer, request),
      (answer, request) => reflect(answer, keyOf(request) ?? "", count++),
    )(next);
  };
  return { id, caughtBy: ["secret-reflection"], breach, wrap };
}

function tokenAnd(answer: Answer, more: Record<string, unknown>): Answer {
  return withBody(answer, JSON.stringify({ ...JSON.parse(textOf(answer)), ...more }));
}

function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}

/** `\u` escapes for every character: the same string to a parser, another to a search through the bytes. */
function escaped(text: string): string {
  return [...text].map((character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`).join("");
}

/** The answer holds the credential of the request. */
export const secretReflectionFaults: readonly Fault[] = [
  reflected("key-in-body", "The response contains the key in a property of its own.", (answer, key) =>
    tokenAnd(answer, { api_key: key }),
  ),
  reflected("key-in-nested-property", "The response echoes the request's headers.", (answer, key) =>
    tokenAnd(answer, { debug: { request: { headers: [{ name: "xi-api-key", value: key }] } } }),
  ),
  reflected("key-in-property-name", "The key is the name of a property.", (answer, key) =>
    tokenAnd(answer, { usage: { [key]: 1 } }),
  ),
  reflected("key-in-token", "The token is the key with a prefix.", (answer, key, count) =>
    tokenAnd(answer, { token: `sutkn_${count}_${key}` }),
  ),
  reflected("key-in-token-base64", "The token contains the key in base64.", (answer, key, count) =>
    tokenAnd(answer, { token: `sutkn_${base64(`${key}:${count}`)}` }),
  ),
  reflected("key-escaped-in-body", "The JSON contains the key as escapes.", (answer, key) =>
    withBody(answer, `${textOf(answer).slice(0, -1)},"key":"${escaped(key)}"}`),
  ),
  reflected("key-in-gzip-body", "A compressed body contains the key.", (answer, key) => {
    const body = gzipSync(bytesOf(tokenAnd(answer, { api_key: key })));
    return withHeader(withBody(answer, body), "content-encoding", "gzip");
  }),
  reflected("key-in-header", "A response header echoes the key.", (answer, key) =>
    withHeader(answer, "x-request-key", key),
  ),
  reflected("key-in-header-base64", "A response header contains the key in base64.", (answer, key) =>
    withHeader(answer, "x-request-authorization", `Basic ${base64(`api:${key}`)}`),
  ),
  reflected("key-in-header-percent-encoded", "A response header contains the key in a link.", (answer, key) =>
    withHeader(answer, "link", `</v1/usage?key=${encodeURIComponent(key)}>; rel="usage"`),
  ),
  reflected("key-in-cookie", "The key is set as a cookie.", (answer, key) =>
    withHeader(answer, "set-cookie", ["region=eu", `session=${key}; HttpOnly`]),
  ),
  reflected(
    "key-in-refusal",
    "The error for an unknown type echoes the key.",
    (answer, key) =>
      withBody(answer, JSON.stringify({ detail: { status: "invalid_type", message: `key ${key} used` } })),
    refusedType,
  ),
  reflected(
    "key-in-405",
    "The error for another method echoes the key.",
    (answer, key) => withBody(answer, JSON.stringify({ detail: `GET with key ${key} isn't allowed` })),
    (answer, request) => answer.status === 405 && requestedType(request) !== undefined && !isCreate(request),
  ),
];
