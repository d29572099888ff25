import { type TranscriptionErrorType, transcriptionErrors } from "./transcription-messages.ts";

/** A trouble that a transcription session has after its token was accepted. */
export interface SessionFault {
  /** `transcription-` and the message's type in kebab-case. */
  readonly id: string;
  /** One sentence: what happens. */
  readonly breach: string;
  readonly failure: TranscriptionErrorType;
}

export const sessionFaults: readonly SessionFault[] = transcriptionErrors.map((failure) => ({
  id: `transcription-${failure.replaceAll("_", "-")}`,
  breach: `A transcription session answers its first chunk with ${failure}${failure === "input_error" ? "" : " and ends"}.`,
  failure,
}));
