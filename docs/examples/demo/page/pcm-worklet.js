const chunkSamples = 2048;

/** Gathers the samples of the first channel and posts them as 16-bit PCM. */
class PcmProcessor extends AudioWorkletProcessor {
  #chunk = new Int16Array(chunkSamples);
  #filled = 0;

  process([input]) {
    for (const sample of input[0] ?? []) {
      this.#chunk[this.#filled] = Math.max(-1, Math.min(1, sample)) * 0x7fff;
      this.#filled += 1;
      if (this.#filled === chunkSamples) {
        this.port.postMessage(this.#chunk.slice());
        this.#filled = 0;
      }
    }
    return true;
  }
}

registerProcessor("pcm", PcmProcessor);
