import { mask, type Redactor } from "./create-redactor.ts";

/**
 * Redacts a body: in JSON after its escapes are read, and whole whatever stands under a name that says that it is
 * secret. JSON that is nested too deep to be read is redacted altogether.
 */
export function redactBody(text: string, redact: Redactor): string {
  let readable = text;
  try {
    readable = JSON.stringify(
      JSON.parse(text, (name, value: unknown) =>
        /token|secret|password|key|auth/i.test(name) && /string|object/.test(typeof value)
          ? mask
          : typeof value === "string"
            ? redact(value)
            : value,
      ),
    );
  } catch (error) {
    if (error instanceof RangeError) return mask;
  }
  return redact(readable);
}
