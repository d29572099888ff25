import { ElevenLabsError } from "./eleven-labs-error.ts";

/** The error for something that the caller gave and that can't be used; nothing was sent. */
export function refusal(what: "argument" | "configuration", message: string): ElevenLabsError {
  return new ElevenLabsError({ code: `invalid_${what}`, message });
}
