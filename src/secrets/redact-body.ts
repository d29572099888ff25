import { mask, type Redactor } from "./create-redactor.ts";

/** Redacts a body: in JSON after its escapes are read, and every string whose name says that it is secret. */
export function redactBody(text: string, redact: Redactor): string {
  let readable = text;
  try {
    readable = JSON.stringify(
      JSON.parse(text, (name, value: unknown) =>
        typeof value !== "string"
          ? value
          : /token|secret|password|key|auth/i.test(name)
            ? mask
            : redact(value),
      ),
    );
  } catch {}
  return redact(readable);
}
