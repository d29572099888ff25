import type { Readable } from "node:stream";

/** Of each body so many bytes are looked at; what is longer passes, and only its beginning is kept. */
export const judgedBytes = 1_048_576;
/** So much is kept of a body that is longer. */
const keptBytes = 16_384;

/** Keeps what flows by, up to a limit. */
export class BodyTap {
  #chunks: Uint8Array[] = [];
  #size = 0;

  constructor(stream: Readable) {
    stream.on("data", (chunk: Uint8Array) => this.#take(chunk));
  }

  #take(chunk: Uint8Array): void {
    const wasCut = this.isCut;
    this.#size += chunk.length;
    if (!wasCut) this.#chunks.push(chunk);
    // A copy: a part of a chunk would hold the whole in memory.
    if (this.isCut && !wasCut)
      this.#chunks = [Uint8Array.from(Buffer.concat(this.#chunks).subarray(0, keptBytes))];
  }

  get isCut(): true | undefined {
    return this.#size > judgedBytes ? true : undefined;
  }

  get body(): Uint8Array {
    return new Uint8Array(Buffer.concat(this.#chunks));
  }
}
