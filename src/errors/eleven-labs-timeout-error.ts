import { ElevenLabsError } from "./eleven-labs-error.ts";

/** The deadline passed; its `code` is `timeout`. */
export class ElevenLabsTimeoutError extends ElevenLabsError {
  override readonly name = "ElevenLabsTimeoutError";

  constructor(message: string, options?: { readonly cause?: unknown }) {
    super({ ...options, message, code: "timeout" });
  }
}
