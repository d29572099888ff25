// What `import { Scribe } from "@elevenlabs/client"` gives where a bundler makes the page's scripts.
const { Scribe } = window.ElevenLabsClient;

/** What to tell a visitor; an error that isn't here speaks for itself. */
const sentences = {
  auth_error: "The token was refused. Connect again: each connection needs a new one.",
  quota_exceeded: "There is no transcription left on this account.",
  rate_limited: "Too many people are being transcribed. Try again in a minute.",
  resource_exhausted: "The provider is busy. Try again in a minute.",
  queue_overflow: "The audio came faster than it could be heard. Connect again.",
  session_time_limit_exceeded: "The session was long enough for the provider. Connect again.",
  insufficient_audio_activity: "Nothing was said for too long. Connect again.",
  commit_throttled: "That was too short to be transcribed. Connect again.",
};

/** The library's own errors are about the socket; everything else is the provider's, or the microphone's. */
const sentenceFor = ({ message_type, error }) =>
  sentences[message_type] ??
  (error.startsWith("WebSocket") ? "The connection was lost. Connect again." : error);

/**
 * Opens a transcription with a token of its own: a token is good for one connection, so that a reconnect asks anew.
 *
 * @param {() => Promise<string>} newToken asks your backend for a token; this rejects when that does
 * @param {object} audio what the provider's library takes: `{ microphone: {} }`, or `audioFormat` and `sampleRate`
 * @param {object} listeners
 * @param {() => void} [listeners.onStart] the token was accepted
 * @param {(text: string, isFinal: boolean) => void} listeners.onText
 * @param {(sentence: string) => void} listeners.onError told at most once a connection, as the library tells an error
 *   message and then, for most closes, the close as well
 * @param {() => void} listeners.onEnd the connection is closed, whoever closed it
 * @returns {Promise<{ send(chunk: { audioBase64: string }): void, commit(): void, close(): void }>}
 */
export async function openTranscription(newToken, audio, { onStart, onText, onError, onEnd }) {
  const connection = Scribe.connect({
    token: await newToken(),
    modelId: "scribe_v2_realtime",
    ...audio,
  });
  let committed;
  let isTold = false;
  connection.on("session_started", () => onStart?.());
  connection.on("partial_transcript", ({ text }) => {
    // After each commit the same text comes once more as a partial.
    if (text !== committed) onText(text, false);
    committed = undefined;
  });
  connection.on("committed_transcript", ({ text }) => {
    committed = text;
    if (text !== "") onText(text, true);
  });
  connection.on("error", (error) => {
    if (!isTold) onError(sentenceFor(error));
    isTold = true;
  });
  connection.on("close", () => onEnd());
  return connection;
}
