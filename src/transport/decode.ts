/** Bytes as UTF-8 without a byte order mark; `undefined` when they are something else. */
export function decode(bytes: Uint8Array | undefined): string | undefined {
  try {
    return bytes && new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
