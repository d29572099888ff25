import type { BodyFault } from "./body-family.ts";

export type DecodedText = { readonly text: string } | { readonly fault: BodyFault };

/** Bytes as text of a charset, a label of the WHATWG Encoding Standard. */
export function decodeText(bytes: Uint8Array, charset = "utf-8"): DecodedText {
  try {
    return { text: new TextDecoder(charset, { fatal: true }).decode(bytes) };
  } catch (error) {
    const unknown = error instanceof RangeError;
    const message = unknown ? `the charset "${charset}" is unknown` : `the text isn't valid ${charset}`;
    return { fault: { kind: unknown ? "charset" : "utf-8", message } };
  }
}
