import { type AudioFormat, audioFormats, type TranscriptionConfig } from "./transcription-messages.ts";

const models: readonly string[] = ["scribe_v2_realtime"];

/**
 * What a session is asked to be, from its address.
 *
 * @returns a sentence when the address asks for what there isn't
 */
export function transcriptionConfig(query: URLSearchParams): TranscriptionConfig | string {
  const model = query.get("model_id") ?? "";
  if (!models.includes(model)) return `model_id must be ${models.join(" or ")}`;
  const format = query.get("audio_format") ?? "pcm_16000";
  if (!isAudioFormat(format)) return `audio_format must be one of ${Object.keys(audioFormats).join(", ")}`;
  const strategy = query.get("commit_strategy") ?? "manual";
  if (strategy !== "manual" && strategy !== "vad") return "commit_strategy must be manual or vad";
  const isOn = (name: string): boolean => query.get(name) === "true";
  if (isOn("include_timestamps") && isOn("filter_background_audio"))
    return "filter_background_audio and include_timestamps are mutually exclusive";
  const silence = numberIn(query, "vad_silence_threshold_secs", 1.5, 0.3, 3);
  const threshold = numberIn(query, "vad_threshold", 0.4, 0.1, 0.9);
  const minSpeech = numberIn(query, "min_speech_duration_ms", 100, 50, 2_000);
  const minSilence = numberIn(query, "min_silence_duration_ms", 100, 50, 2_000);
  for (const limited of [silence, threshold, minSpeech, minSilence])
    if (typeof limited === "string") return limited;
  const language = query.get("language_code");
  return {
    sample_rate: audioFormats[format].rate,
    audio_format: format,
    ...(language !== null && { language_code: language }),
    secondary_languages: query.getAll("secondary_languages"),
    timestamps_granularity: isOn("include_timestamps") ? "word" : "none",
    vad_commit_strategy: strategy === "vad",
    vad_silence_threshold_secs: Number(silence),
    vad_threshold: Number(threshold),
    min_speech_duration_ms: Number(minSpeech),
    min_silence_duration_ms: Number(minSilence),
    max_tokens_to_recompute: 5,
    model_id: model,
    enable_logging: query.get("enable_logging") !== "false",
    include_language_detection: isOn("include_language_detection"),
    keyterms: query.getAll("keyterms"),
    no_verbatim: isOn("no_verbatim"),
    entity_detection: query.getAll("entity_detection"),
    filter_background_audio: isOn("filter_background_audio"),
  };
}

function isAudioFormat(format: string): format is AudioFormat {
  return Object.hasOwn(audioFormats, format);
}

function numberIn(
  query: URLSearchParams,
  name: string,
  byDefault: number,
  min: number,
  max: number,
): number | string {
  const value = Number(query.get(name) ?? byDefault);
  return value >= min && value <= max ? value : `${name} must be between ${min} and ${max}`;
}
