/**
 * The messages of the transcription socket, as the provider's own package `@elevenlabs/types` declares them; a test holds
 * them to it, so that this package's users don't need it.
 */

/** What a session is told that goes wrong; each but `input_error` ends it. */
export const transcriptionErrors = [
  "error",
  "auth_error",
  "quota_exceeded",
  "commit_throttled",
  "transcriber_error",
  "unaccepted_terms",
  "rate_limited",
  "input_error",
  "invalid_request",
  "queue_overflow",
  "resource_exhausted",
  "session_time_limit_exceeded",
  "chunk_size_exceeded",
  "insufficient_audio_activity",
] as const;

export type TranscriptionErrorType = (typeof transcriptionErrors)[number];

export const audioFormats = {
  pcm_8000: { rate: 8_000, bytesPerSample: 2 },
  pcm_16000: { rate: 16_000, bytesPerSample: 2 },
  pcm_22050: { rate: 22_050, bytesPerSample: 2 },
  pcm_24000: { rate: 24_000, bytesPerSample: 2 },
  pcm_44100: { rate: 44_100, bytesPerSample: 2 },
  pcm_48000: { rate: 48_000, bytesPerSample: 2 },
  ulaw_8000: { rate: 8_000, bytesPerSample: 1 },
} as const;

export type AudioFormat = keyof typeof audioFormats;

export interface TranscriptionConfig {
  readonly sample_rate: number;
  readonly audio_format: AudioFormat;
  readonly language_code?: string;
  readonly secondary_languages: string[];
  readonly timestamps_granularity: "none" | "word";
  /** A boolean as measured, where the package declares `"manual" | "vad"`. */
  readonly vad_commit_strategy: boolean;
  readonly vad_silence_threshold_secs: number;
  readonly vad_threshold: number;
  readonly min_speech_duration_ms: number;
  readonly min_silence_duration_ms: number;
  readonly max_tokens_to_recompute: number;
  readonly model_id: string;
  readonly enable_logging: boolean;
  readonly include_language_detection: boolean;
  readonly keyterms: string[];
  readonly no_verbatim: boolean;
  readonly entity_detection: string[];
  readonly filter_background_audio: boolean;
}

export interface TranscribedWord {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly type: "word";
  readonly logprob: number;
}

export interface DetectedEntity {
  readonly text: string;
  readonly entity_type: string;
  readonly start_char: number;
  readonly end_char: number;
}

/** What a client sends, before anybody has looked at it. */
export interface InputMessage {
  readonly message_type?: unknown;
  readonly audio_base_64?: unknown;
  readonly commit?: unknown;
  readonly sample_rate?: unknown;
  readonly previous_text?: unknown;
}

export type TranscriptionMessage =
  | {
      readonly message_type: "session_started";
      readonly session_id: string;
      readonly config: TranscriptionConfig;
    }
  | { readonly message_type: "partial_transcript"; readonly text: string }
  | { readonly message_type: "committed_transcript"; readonly text: string }
  | {
      readonly message_type: "committed_transcript_with_timestamps";
      readonly text: string;
      readonly language_code?: string;
      readonly words: TranscribedWord[];
    }
  | {
      readonly message_type: "committed_transcript_entities";
      readonly text: string;
      readonly entities: DetectedEntity[];
    }
  | { readonly message_type: TranscriptionErrorType; readonly error: string };
