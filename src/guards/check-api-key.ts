import { keyVariable } from "../../generated/provider.ts";
import { refusal } from "../errors/refusal.ts";

/**
 * A key that a header can carry: visible ASCII without spaces. The message never shows it.
 *
 * @throws ApiError with code `invalid_configuration`
 */
export function checkApiKey(key: unknown): string {
  if (typeof key === "string" && /^[!-~]+$/.test(key)) return key;
  throw refusal(
    "configuration",
    key
      ? "The API key is malformed: use visible ASCII only."
      : `The API key is missing: set apiKey or ${keyVariable}.`,
  );
}
