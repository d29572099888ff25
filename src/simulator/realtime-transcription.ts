import { randomUUID } from "node:crypto";
import type { WebSocket } from "ws";
import { parseMessage } from "./parse-message.ts";

const defaultSampleRate = 16_000;
const bytesPerSample = 2;

/**
 * A transcription session after its token was accepted. It understands `input_audio_chunk` and `commit`, and as it
 * has no ears it transcribes how much audio it was sent: "[1.5 s of audio]".
 */
export function realtimeTranscription(socket: WebSocket, query: URLSearchParams): void {
  let seconds = 0;
  const say = (message: Record<string, unknown>) => socket.send(JSON.stringify(message));
  const heard = () => `[${Number(seconds.toFixed(3))} s of audio]`;
  const commit = () => {
    say({ message_type: "committed_transcript", text: heard() });
    seconds = 0;
  };

  say({
    message_type: "session_started",
    session_id: randomUUID().replaceAll("-", ""),
    config: {
      sample_rate: defaultSampleRate,
      audio_format: query.get("audio_format") ?? "pcm_16000",
      model_id: query.get("model_id") ?? "scribe_v2_realtime",
    },
  });

  socket.on("message", (data) => {
    const message = parseMessage(data);
    switch (message?.["message_type"]) {
      case "input_audio_chunk": {
        const audio = message["audio_base_64"];
        if (typeof audio !== "string") {
          say({ message_type: "input_error", error: "audio_base_64 must be a string" });
          return;
        }
        const rate = Number(message["sample_rate"] ?? defaultSampleRate);
        if (!(rate > 0)) {
          say({ message_type: "input_error", error: "sample_rate must be a positive number" });
          return;
        }
        seconds += Buffer.from(audio, "base64").length / bytesPerSample / rate;
        if (message["commit"] === true) commit();
        else say({ message_type: "partial_transcript", text: heard() });
        return;
      }
      case "commit":
        commit();
        return;
      default:
        say({ message_type: "input_error", error: "message_type must be input_audio_chunk or commit" });
    }
  });
}
