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
import type { HeaderLine } from "./message.ts";

interface Coding {
  readonly decode: (body: Uint8Array, options: Options) => Uint8Array;
  readonly encode: (body: Uint8Array) => Uint8Array;
}

/**
 * Bytes: a body that is longer, or decodes to more, is not looked into, so that a few kilobytes can't fill the memory: what
 * judges, redacts and reports it takes fifty times as much.
 */
export const largestBody = 16 * 1_048_576;

interface Options {
  readonly finishFlush?: number;
  readonly maxOutputLength: number;
}

const whole: Options = { maxOutputLength: largestBody };

const gzip: Coding = { decode: gunzipSync, encode: (body) => gzipSync(body) };
const deflate: Coding = {
  decode: (body, options) => {
    // "deflate" means the zlib format (RFC 9110, section 8.4.1.2); some servers send raw deflate data.
    try {
      return inflateSync(body, options);
    } catch {
      return inflateRawSync(body, options);
    }
  },
  encode: (body) => deflateSync(body),
};
const brotli: Coding = { decode: brotliDecompressSync, encode: (body) => brotliCompressSync(body) };

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

/** What became of undoing the codings. */
export type Decoding =
  | { readonly body: Uint8Array }
  /** `not-coded`: the bytes are not in the coding; `unknown`: it can't be undone here; `too-large`: over `largestBody`. */
  | { readonly failure: "not-coded" | "unknown" | "too-large"; readonly message: string };

/**
 * The body without its codings. By default a damaged body counts as far as it is readable, since a secret may stand in
 * its undamaged part; `refuse` makes it a failure.
 */
export function decodeBody(
  body: Uint8Array,
  codings: readonly string[],
  damaged: "read" | "refuse" = "read",
): Decoding {
  let bytes = body;
  for (const name of codings.toReversed()) {
    const coding = CODINGS.get(name);
    if (coding === undefined)
      return { failure: "unknown", message: `the content coding "${name}" is unknown` };
    const finishFlush = name === "br" ? constants.BROTLI_OPERATION_FLUSH : constants.Z_SYNC_FLUSH;
    try {
      if (bytes.length > 0)
        bytes = coding.decode(bytes, damaged === "read" ? { ...whole, finishFlush } : whole);
    } catch (error) {
      const large = error instanceof Error && "code" in error && error.code === "ERR_BUFFER_TOO_LARGE";
      const why = error instanceof Error ? error.message : String(error);
      return {
        failure: large ? "too-large" : "not-coded",
        message: large
          ? `the decoded body is larger than ${largestBody / 1_048_576} MiB`
          : `the body isn't ${name}: ${why}`,
      };
    }
  }
  return { body: bytes };
}

/** The body in these codings, or `undefined` when one is unknown. */
export function encodeBody(body: Uint8Array, codings: readonly string[]): Uint8Array | undefined {
  return codings.reduce<Uint8Array | undefined>(
    (bytes, name) => bytes && CODINGS.get(name)?.encode(bytes),
    body,
  );
}
