import { brotliCompressSync, gzipSync } from "node:zlib";
import { alterAnswer, bytesOf, onSuccess, withBody, withHeader } from "../alter.ts";
import type { Answer, Fault } from "../handler.ts";
import { refusedType } from "../token-contract.ts";

function encoded(answer: Answer, encoding: string, body: Uint8Array): Answer {
  return withHeader(withBody(answer, body), "content-encoding", encoding);
}

const undecodable = ["response-body-integrity"];
const cutOff = ["response-body-integrity", "response-received"];

/** The answer isn't framed or encoded as it says (RFC 9112 section 6, RFC 9110 section 8.4). */
export const framingFaults: readonly Fault[] = [
  {
    id: "gzip-declared-not-done",
    caughtBy: undecodable,
    breach: "Content-Encoding says gzip, but the body is plain.",
    wrap: onSuccess((answer) => encoded(answer, "gzip", bytesOf(answer))),
  },
  {
    id: "gzip-cut",
    caughtBy: undecodable,
    breach: "The gzip stream ends before its checksum.",
    wrap: onSuccess((answer) => encoded(answer, "gzip", gzipSync(bytesOf(answer)).subarray(0, -6))),
  },
  {
    id: "gzip-wrong-checksum",
    caughtBy: undecodable,
    breach: "The gzip stream's checksum is wrong.",
    wrap: onSuccess((answer) => {
      const body = gzipSync(bytesOf(answer));
      body.writeUInt32LE(0, body.length - 8);
      return encoded(answer, "gzip", body);
    }),
  },
  {
    id: "gzip-twice-declared-once",
    caughtBy: [...undecodable, "response-schema-conformance"],
    breach: "The body is compressed twice, but Content-Encoding says so once.",
    wrap: onSuccess((answer) => encoded(answer, "gzip", gzipSync(gzipSync(bytesOf(answer))))),
  },
  {
    id: "gzip-not-declared",
    caughtBy: [...undecodable, "response-schema-conformance"],
    breach: "The body is compressed, but no Content-Encoding says so.",
    wrap: onSuccess((answer) => withBody(answer, gzipSync(bytesOf(answer)))),
  },
  {
    id: "brotli-declared-gzip-sent",
    caughtBy: undecodable,
    breach: "Content-Encoding says br, but the body is gzip.",
    wrap: onSuccess((answer) => encoded(answer, "br", gzipSync(bytesOf(answer)))),
  },
  {
    id: "gzip-declared-brotli-sent",
    caughtBy: undecodable,
    breach: "Content-Encoding says gzip, but the body is br.",
    wrap: onSuccess((answer) => encoded(answer, "gzip", brotliCompressSync(bytesOf(answer)))),
  },
  {
    id: "encoding-unknown",
    caughtBy: undecodable,
    breach: "Content-Encoding names an unregistered coding.",
    wrap: onSuccess((answer) => encoded(answer, "x-rot13", bytesOf(answer))),
  },
  {
    id: "length-too-long",
    caughtBy: cutOff,
    breach: "Content-Length promises more than is sent before the connection ends.",
    wrap: onSuccess((answer) => ({
      ...answer,
      wire: { cutAfterBytes: bytesOf(answer).length, declaredLength: 4096 },
    })),
  },
  {
    id: "length-too-short",
    caughtBy: ["response-body-integrity", "response-schema-conformance", "response-received"],
    breach: "Content-Length is shorter than the body.",
    wrap: onSuccess((answer) => ({ ...answer, wire: { declaredLength: bytesOf(answer).length - 5 } })),
  },
  {
    id: "length-short-by-whitespace",
    caughtBy: ["response-body-integrity", "response-received"],
    breach: "The body continues after the declared length; the declared part alone would be fine.",
    wrap: onSuccess((answer) => {
      const body = bytesOf(answer);
      const longer = Buffer.concat([body, Buffer.from("\r\nX-Debug: 1")]);
      return { ...withBody(answer, longer), wire: { declaredLength: body.length } };
    }),
  },
  {
    id: "body-cut",
    caughtBy: cutOff,
    breach: "The connection ends in the middle of the body.",
    wrap: onSuccess((answer) => ({ ...answer, wire: { cutAfterBytes: 6 } })),
  },
  {
    id: "reset-on-success",
    caughtBy: ["response-received", "not-a-server-error"],
    breach: "The connection is reset instead of an answer to a good request.",
    wrap: onSuccess((answer) => ({ ...answer, wire: { reset: true } })),
  },
  {
    id: "reset-on-unknown-type",
    caughtBy: ["response-received", "not-a-server-error"],
    breach: "The connection is reset instead of a refusal.",
    wrap: alterAnswer(refusedType, (answer) => ({ ...answer, wire: { reset: true } })),
  },
];
