import type {
  CommittedTranscript,
  CommittedTranscriptEntities,
  CommittedTranscriptWithTimestamps,
  Config,
  DetectedEntity,
  InputAudioChunk,
  MessageType,
  PartialTranscript,
  Error as ScribeError,
  SessionStarted,
  Word,
} from "@elevenlabs/types";
import { describe, expectTypeOf, test } from "vitest";
import type {
  AudioFormat,
  InputMessage,
  DetectedEntity as OurEntity,
  TranscribedWord,
  TranscriptionConfig,
  TranscriptionErrorType,
  TranscriptionMessage,
} from "./transcription-messages.ts";

/** True when ours may stand where theirs is expected and has no field that theirs lacks, else the fields in question. */
type Conforms<Ours, Theirs> = [Ours] extends [never]
  ? "there is no such message"
  : [Exclude<keyof Ours, keyof Theirs>] extends [never]
    ? Ours extends Theirs
      ? true
      : Misfits<Ours, Theirs>
    : Exclude<keyof Ours, keyof Theirs>;

type Misfits<Ours, Theirs> = {
  [Name in keyof Theirs]-?: Pick<Theirs, Name> extends infer One ? (Ours extends One ? never : Name) : never;
}[keyof Theirs];

/** A boolean as measured, where the package declares `"manual" | "vad"`. */
type MeasuredConfig = Omit<Config, "vad_commit_strategy"> & { vad_commit_strategy?: boolean };

interface Theirs {
  session_started: Omit<SessionStarted, "config"> & { config: MeasuredConfig };
  partial_transcript: PartialTranscript;
  committed_transcript: CommittedTranscript;
  committed_transcript_with_timestamps: CommittedTranscriptWithTimestamps;
  committed_transcript_entities: CommittedTranscriptEntities;
}

type Said<Type> = Extract<TranscriptionMessage, { readonly message_type: Type }>;

/** The compiler is the judge: `npm run typecheck` fails where an expectation doesn't hold. */
describe("the simulator's messages, by the provider's own types", () => {
  test("are those of the package, with its fields and no others", () => {
    type Words = Exclude<TranscriptionMessage["message_type"], TranscriptionErrorType>;
    expectTypeOf<Words>().toEqualTypeOf<keyof Theirs>();
    expectTypeOf<{ [Type in Words]: Conforms<Said<Type>, Theirs[Type]> }>().toEqualTypeOf<
      Record<Words, true>
    >();
    expectTypeOf<Conforms<TranscribedWord, Word>>().toEqualTypeOf<true>();
    expectTypeOf<Conforms<OurEntity, DetectedEntity>>().toEqualTypeOf<true>();
    expectTypeOf<Conforms<TranscriptionConfig, MeasuredConfig>>().toEqualTypeOf<true>();
  });

  test("contain every error and every configuration field that the package knows", () => {
    expectTypeOf<TranscriptionErrorType>().toEqualTypeOf<MessageType>();
    expectTypeOf<Conforms<Said<TranscriptionErrorType>, ScribeError>>().toEqualTypeOf<true>();
    expectTypeOf<keyof TranscriptionConfig>().toEqualTypeOf<keyof Config>();
    expectTypeOf<AudioFormat>().toEqualTypeOf<NonNullable<Config["audio_format"]>>();
  });

  test("are answers to the fields that the package's clients send", () => {
    expectTypeOf<keyof InputMessage>().toEqualTypeOf<keyof InputAudioChunk>();
  });

  test("would not pass with a field renamed, missing or of another type", () => {
    type Timed = CommittedTranscriptWithTimestamps;
    type Ours = Said<"committed_transcript_with_timestamps">;
    expectTypeOf<Conforms<Ours, Omit<Timed, "words"> & { tokens?: Word[] }>>().toEqualTypeOf<"words">();
    expectTypeOf<Conforms<Ours, Timed & { extent: number }>>().toEqualTypeOf<"extent">();
    expectTypeOf<Conforms<Ours, Omit<Timed, "text"> & { text: number }>>().toEqualTypeOf<"text">();
    expectTypeOf<Conforms<Said<"final">, Timed>>().toEqualTypeOf<"there is no such message">();
  });
});
