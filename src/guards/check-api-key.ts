import { ElevenLabsError } from "../errors/eleven-labs-error.ts";

/**
 * A key that a header can carry: visible ASCII without spaces. The message never shows it.
 *
 * @throws ElevenLabsError with code `invalid_configuration`
 */
export function checkApiKey(key: unknown): string {
  if (typeof key === "string" && /^[!-~]+$/.test(key)) return key;
  throw new ElevenLabsError({
    code: "invalid_configuration",
    message: key
      ? "The API key is malformed: it must be a string of visible ASCII characters without spaces or line ends."
      : "The API key is missing: pass apiKey or set ELEVENLABS_API_KEY.",
  });
}
