import {
  brotliCompressSync,
  brotliDecompressSync,
  constants,
  deflateSync,
  gunzipSync,
  gzipSync,
  inflateRawSync,
  inflateSync,
} from "node:zlib";
import type { HeaderLine } from "../engine/model.ts";

interface Coding {
  readonly decode: (body: Uint8Array) => Uint8Array;
  readonly encode: (body: Uint8Array) => Uint8Array;
}

/** As much as is readable of a damaged body counts: a secret may stand in its undamaged part. */
const lenient = { finishFlush: constants.Z_SYNC_FLUSH };

const gzip: Coding = { decode: (body) => gunzipSync(body, lenient), encode: (body) => gzipSync(body) };
const deflate: Coding = {
  decode: (body) => {
    // "deflate" means the zlib format (RFC 9110, section 8.4.1.2); some servers send raw deflate data.
    try {
      return inflateSync(body, lenient);
    } catch {
      return inflateRawSync(body, lenient);
    }
  },
  encode: (body) => deflateSync(body),
};
const brotli: Coding = {
  decode: (body) => brotliDecompressSync(body, { finishFlush: constants.BROTLI_OPERATION_FLUSH }),
  encode: (body) => brotliCompressSync(body),
};

const CODINGS: ReadonlyMap<string, Coding> = new Map([
  ["gzip", gzip],
  ["x-gzip", gzip],
  ["deflate", deflate],
  ["br", brotli],
]);

/** The codings named by `Content-Encoding`, in the order in which they were applied; `identity` is none. */
export function contentCodings(headers: readonly HeaderLine[]): readonly string[] {
  return headers
    .filter(([name]) => name.toLowerCase() === "content-encoding")
    .flatMap(([, value]) => value.split(","))
    .map((coding) => coding.trim().toLowerCase())
    .filter((coding) => coding !== "" && coding !== "identity");
}

/** The body without its codings, or `undefined` when one is unknown or the bytes are not in it. */
export function decodeBody(body: Uint8Array, codings: readonly string[]): Uint8Array | undefined {
  try {
    return codings.reduceRight<Uint8Array | undefined>(
      (bytes, name) => bytes && CODINGS.get(name)?.decode(bytes),
      body,
    );
  } catch {
    return undefined;
  }
}

/** The body in these codings, or `undefined` when one is unknown. */
export function encodeBody(body: Uint8Array, codings: readonly string[]): Uint8Array | undefined {
  return codings.reduce<Uint8Array | undefined>(
    (bytes, name) => bytes && CODINGS.get(name)?.encode(bytes),
    body,
  );
}

/** `true` when every coding is one that can be undone here. */
export function codingsKnown(codings: readonly string[]): boolean {
  return codings.every((coding) => CODINGS.has(coding));
}
