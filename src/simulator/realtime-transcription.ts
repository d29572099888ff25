import { randomUUID } from "node:crypto";
import { transcriptionConfig } from "./transcription-config.ts";
import {
  audioFormats,
  type InputMessage,
  type TranscriptionConfig,
  type TranscriptionErrorType,
  type TranscriptionMessage,
} from "./transcription-messages.ts";

/** A commit of less audio is refused, as measured. */
const leastSecondsToCommit = 0.3;
/** A commit comes by itself after this much audio, as documented. */
const mostSecondsUncommitted = 90;
/** More audio than this in one chunk ends the session. */
const mostSecondsInChunk = 30;
/** Beneath this share of full scale a sample is silence. */
const silencePeak = 0.01;

/** Where a session speaks. */
export interface TranscriptionOutlet {
  say(message: TranscriptionMessage): void;
  close(code: number, reason: string): void;
}

/** Takes the messages of one session; `undefined` stands for one that is no JSON object. */
export type TranscriptionSession = (message: Record<string, unknown> | undefined) => void;

/**
 * A transcription session after its token was accepted. As it has no ears it transcribes how much audio it was sent:
 * "[1.5 s of audio]", and "" for silence.
 *
 * @param failure ends the session at its first chunk, as if the provider had this trouble
 */
export function realtimeTranscription(
  query: URLSearchParams,
  { say, close }: TranscriptionOutlet,
  failure?: TranscriptionErrorType,
): TranscriptionSession {
  const end = (type: TranscriptionErrorType, error: string): void => {
    say({ message_type: type, error });
    close(type === "invalid_request" ? 1008 : 1000, type);
  };
  const config = transcriptionConfig(query);
  if (typeof config === "string") {
    end("invalid_request", config);
    return () => {};
  }
  // Which rate is meant is told by the address, else by each chunk.
  const rate = query.has("audio_format") ? config.sample_rate : undefined;
  let heard = { seconds: 0, isSilent: true, silentSeconds: 0 };
  let isFirst = true;
  const text = (): string => (heard.isSilent ? "" : `[${Number(heard.seconds.toFixed(3))} s of audio]`);

  const commit = (): void => {
    for (const message of committed(text(), heard.seconds, config)) say(message);
    say({ message_type: "partial_transcript", text: text() });
    heard = { seconds: 0, isSilent: true, silentSeconds: 0 };
  };

  say({ message_type: "session_started", session_id: randomUUID().replaceAll("-", ""), config });

  return (message) => {
    const chunk = readChunk(message, isFirst);
    if (typeof chunk === "string") return say({ message_type: "input_error", error: chunk });
    isFirst = false;
    if (failure === "input_error") return say({ message_type: failure, error: "The audio can't be read." });
    if (failure) return end(failure, `The simulator was told to fail with ${failure}.`);
    const { bytesPerSample } = audioFormats[config.audio_format];
    const seconds = chunk.audio.length / bytesPerSample / (rate ?? chunk.sampleRate ?? config.sample_rate);
    if (seconds > mostSecondsInChunk)
      return end("chunk_size_exceeded", `A chunk may contain at most ${mostSecondsInChunk} s of audio.`);
    const isSilent = bytesPerSample === 1 ? isSilentUlaw(chunk.audio) : isSilentPcm(chunk.audio);
    heard = {
      seconds: heard.seconds + seconds,
      isSilent: heard.isSilent && isSilent,
      silentSeconds: isSilent ? heard.silentSeconds + seconds : 0,
    };
    if (chunk.commit) {
      if (heard.seconds < leastSecondsToCommit)
        return end("commit_throttled", `Commit at least ${leastSecondsToCommit} s of audio.`);
      return commit();
    }
    const hasPaused = !heard.isSilent && heard.silentSeconds >= config.vad_silence_threshold_secs;
    if (heard.seconds >= mostSecondsUncommitted || (config.vad_commit_strategy && hasPaused)) commit();
    else say({ message_type: "partial_transcript", text: text() });
  };
}

function committed(text: string, seconds: number, config: TranscriptionConfig): TranscriptionMessage[] {
  const language = config.language_code ?? (config.include_language_detection ? "en" : undefined);
  const messages: TranscriptionMessage[] = [{ message_type: "committed_transcript", text }];
  if (config.timestamps_granularity !== "none")
    messages.push({
      message_type: "committed_transcript_with_timestamps",
      text,
      ...(language !== undefined && { language_code: language }),
      words: text === "" ? [] : [{ text, start: 0, end: seconds, type: "word", logprob: 0 }],
    });
  const [entity] = config.entity_detection;
  if (entity !== undefined)
    messages.push({
      message_type: "committed_transcript_entities",
      text,
      entities: text === "" ? [] : [{ text, entity_type: entity, start_char: 0, end_char: text.length }],
    });
  return messages;
}

interface Chunk {
  readonly audio: Buffer;
  readonly commit: boolean;
  readonly sampleRate: number | undefined;
}

/** A chunk, or what is wrong with it. */
function readChunk(message: InputMessage | undefined, isFirst: boolean): Chunk | string {
  if (message?.message_type !== "input_audio_chunk") return "message_type must be input_audio_chunk";
  const { audio_base_64: audio, sample_rate: sampleRate, commit = false } = message;
  if (typeof audio !== "string") return "audio_base_64 must be a string";
  if (sampleRate !== undefined && !(typeof sampleRate === "number" && sampleRate > 0))
    return "sample_rate must be a positive number";
  if (typeof commit !== "boolean") return "commit must be true or false";
  if (!isFirst && message.previous_text !== undefined)
    return "previous_text is allowed only in the first chunk";
  return { audio: Buffer.from(audio, "base64"), commit, sampleRate };
}

function isSilentPcm(audio: Buffer): boolean {
  for (let at = 0; at + 1 < audio.length; at += 2)
    if (Math.abs(audio.readInt16LE(at)) > silencePeak * 32_768) return false;
  return true;
}

/** In G.711 µ-law a sample's magnitude is its inverted low seven bits; the lowest two segments are under 1 %. */
function isSilentUlaw(audio: Buffer): boolean {
  return audio.every((sample) => (~sample & 0x7f) < 0x20);
}
