/**
 * Opens a transcription socket with a token, which is used up by it. Send audio as 16-bit PCM at 16 kHz.
 *
 * @param {string} address such as wss://api.elevenlabs.io
 * @param {string} token
 * @param {(text: string, final: boolean) => void} onText
 * @param {(sentence: string) => void} onError told of what goes wrong once the session has begun
 * @returns {Promise<{ sendAudio(pcm: Int16Array, commit?: boolean): void, close(): void, closed: Promise<CloseEvent> }>}
 *   rejects when the token is refused
 */
export function openTranscription(address, token, onText, onError = () => {}) {
  const url = new URL("/v1/speech-to-text/realtime", address);
  url.searchParams.set("model_id", "scribe_v2_realtime");
  url.searchParams.set("audio_format", "pcm_16000");
  url.searchParams.set("token", token);

  const socket = new WebSocket(url);
  const closed = new Promise((resolve) => {
    socket.addEventListener("close", resolve, { once: true });
  });
  const session = {
    closed,
    close: () => socket.close(1000),
    sendAudio(pcm, commit = false) {
      const bytes = new Uint8Array(pcm.buffer, pcm.byteOffset, pcm.byteLength);
      const audio_base_64 = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
      socket.send(
        JSON.stringify({ message_type: "input_audio_chunk", audio_base_64, commit, sample_rate: 16000 }),
      );
    },
  };

  return new Promise((resolve, reject) => {
    socket.addEventListener("message", ({ data }) => {
      const message = JSON.parse(data);
      // The token was good; anything else that comes first says why it wasn't.
      if (message.message_type === "session_started") resolve(session);
      if (message.error) {
        reject(new Error(message.error));
        onError(message.error);
      }
      if (message.message_type === "partial_transcript") onText(message.text, false);
      if (message.message_type === "committed_transcript") onText(message.text, true);
    });
    closed.then(({ code }) => reject(new Error(`The socket was closed before the session began (${code}).`)));
  });
}
