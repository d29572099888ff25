import { transcriptionErrors } from "../../src/simulator/transcription-messages.ts";

/** What a page does once its session has begun; audio is 16-bit PCM at 16 kHz in base64. */
export type Act = { readonly audio: string } | { readonly commit: true };

/** One connection, and the events that the library is documented to give. */
export interface Scene {
  readonly name: string;
  readonly token: "fresh" | "used" | "expired" | "of another type" | "made up";
  readonly options: Readonly<Record<string, unknown>>;
  readonly acts: readonly Act[];
  /** A fault that the simulator has meanwhile. */
  readonly fault?: string;
  /** Events with their texts; the close is the last. */
  readonly expected: readonly string[];
}

const second = 32_000;
const sound = (seconds: number): Act => ({ audio: Buffer.alloc(seconds * second, 0x55).toString("base64") });
const silence = (seconds: number): Act => ({ audio: Buffer.alloc(seconds * second).toString("base64") });
const commit: Act = { commit: true };

const manual = { modelId: "scribe_v2_realtime", audioFormat: "pcm_16000", sampleRate: 16_000 };
const begun = ["open", "session_started"];
const spoken = [
  "partial_transcript: [1 s of audio]",
  "committed_transcript: [1 s of audio]",
  "partial_transcript: [1 s of audio]",
];
/** Refused before the session began: the error message, as its own event and as `error`. */
const refused = [
  "open",
  "auth_error: You must be authenticated to use this endpoint.",
  "error: You must be authenticated to use this endpoint.",
  "close",
];

const refusals = (["used", "expired", "of another type", "made up"] as const).map((token) => ({
  name: `a token that is ${token}`,
  token,
  options: manual,
  acts: [],
  expected: refused,
}));

/** @param errorOnClose - Whether the library tells a close with another code than 1000 as one more error. */
export function scenes(errorOnClose: boolean): readonly Scene[] {
  return [
    {
      name: "a fresh token",
      token: "fresh",
      options: manual,
      acts: [sound(1), commit],
      expected: [...begun, ...spoken],
    },
    ...refusals,
    {
      name: "a pause, with vad, timestamps and entities",
      token: "fresh",
      options: { ...manual, commitStrategy: "vad", includeTimestamps: true, entityDetection: "all" },
      acts: [sound(1), silence(2)],
      expected: [
        ...begun,
        "partial_transcript: [1 s of audio]",
        "committed_transcript: [3 s of audio]",
        "committed_transcript_with_timestamps: [3 s of audio]",
        "committed_transcript_entities: [3 s of audio]",
        "partial_transcript: [3 s of audio]",
      ],
    },
    {
      name: "a commit of nothing",
      token: "fresh",
      options: manual,
      acts: [commit],
      expected: [
        ...begun,
        "commit_throttled: Commit at least 0.3 s of audio.",
        "error: Commit at least 0.3 s of audio.",
        "close",
      ],
    },
    {
      name: "an unknown model",
      token: "fresh",
      options: { ...manual, modelId: "scribe_v0" },
      acts: [],
      expected: [
        "open",
        "invalid_request: model_id must be scribe_v2_realtime",
        "error: model_id must be scribe_v2_realtime",
        ...closedWith1008(errorOnClose),
        "close",
      ],
    },
  ];
}

/** A session in each trouble that the provider may have. */
export function troubles(errorOnClose: boolean): readonly Scene[] {
  return transcriptionErrors.map((type) => {
    const sentence =
      type === "input_error" ? "The audio can't be read." : `The simulator was told to fail with ${type}.`;
    return {
      name: `the trouble ${type}`,
      token: "fresh",
      options: manual,
      acts: [sound(1)],
      fault: `transcription-${type.replaceAll("_", "-")}`,
      expected: [
        ...begun,
        ...(type === "error" ? [] : [`${type}: ${sentence}`]),
        `error: ${sentence}`,
        ...(type === "invalid_request" ? closedWith1008(errorOnClose) : []),
        // The one error after which a session goes on.
        ...(type === "input_error" ? [] : ["close"]),
      ],
    };
  });
}

/** @param errorOnClose - Whether the library tells a close with another code than 1000 as one more error. */
function closedWith1008(errorOnClose: boolean): readonly string[] {
  return errorOnClose ? ["error: WebSocket closed unexpectedly: 1008 - invalid_request"] : [];
}
