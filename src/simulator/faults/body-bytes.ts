import { bytesOf, onSuccess, textOf, withBody } from "../alter.ts";
import type { Answer, Fault } from "../handler.ts";

const caughtBy = ["response-body-integrity", "response-schema-conformance"];

function written(id: string, breach: string, write: (json: string) => string): Fault {
  return { id, caughtBy, breach, wrap: onSuccess((answer) => withBody(answer, write(textOf(answer)))) };
}

function bytes(id: string, breach: string, write: (json: Buffer) => Uint8Array): Fault {
  const change = (answer: Answer) => withBody(answer, write(Buffer.from(bytesOf(answer))));
  return { id, caughtBy, breach, wrap: onSuccess(change) };
}

/** The token's first character replaced by these bytes. */
function inToken(json: Buffer, replacement: readonly number[]): Uint8Array {
  const start = json.indexOf("sutkn");
  return Buffer.concat([json.subarray(0, start), Buffer.from(replacement), json.subarray(start + 1)]);
}

/** The bytes of the body are no JSON text in UTF-8 (RFC 8259). */
export const bodyBytesFaults: readonly Fault[] = [
  written("json-cut", "The JSON ends before its closing brace.", (json) => json.slice(0, -1)),
  written(
    "json-trailing-comma",
    "There is a comma before the closing brace.",
    (json) => `${json.slice(0, -1)},}`,
  ),
  written("json-single-quotes", "Strings are in single quotes.", (json) => json.replaceAll('"', "'")),
  written("json-unquoted-name", "The property's name has no quotes.", (json) =>
    json.replace('"token"', "token"),
  ),
  written("json-comment", "A comment follows the document.", (json) => `${json} // minted`),
  written("json-raw-control-character", "A string contains a raw line feed.", (json) =>
    json.replace("sutkn", "sut\nkn"),
  ),
  written(
    "json-guarded",
    "A guard against script inclusion precedes the document.",
    (json) => `)]}',\n${json}`,
  ),
  written("json-callback", "The document is wrapped in a callback.", (json) => `callback(${json});`),
  written("json-twice", "The document is sent twice.", (json) => json + json),
  written("json-lines", "A second document follows on a second line.", (json) => `${json}\n{"took_ms":3}\n`),
  written(
    "trailing-garbage",
    "A stack trace follows the document.",
    (json) => `${json}\nWarning: deprecated`,
  ),
  written("trailing-brace", "There is one closing brace too many.", (json) => `${json}}`),
  bytes("trailing-nul", "The body is padded with zero bytes.", (json) =>
    Buffer.concat([json, Buffer.alloc(16)]),
  ),
  bytes("byte-order-mark", "A byte order mark precedes the document (RFC 8259 section 8.1).", (json) =>
    Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), json]),
  ),
  bytes("utf8-latin1-byte", "The token contains a Latin-1 byte.", (json) => inToken(json, [0xe9])),
  bytes("utf8-overlong", "A slash in the token is encoded in an overlong form.", (json) =>
    inToken(json, [0xc0, 0xaf]),
  ),
  bytes("utf8-surrogate", "Half a surrogate pair is encoded in the token.", (json) =>
    inToken(json, [0xed, 0xa0, 0x80]),
  ),
  bytes("utf8-cut", "The token ends in the middle of a character.", (json) => {
    const end = json.lastIndexOf('"');
    return Buffer.concat([json.subarray(0, end), Buffer.from([0xe2, 0x82]), json.subarray(end)]);
  }),
];
