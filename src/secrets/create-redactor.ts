/** Takes secrets out of a text. */
export type Redactor = (text: string) => string;

const mask = "[REDACTED]";

/** Things that look like the provider's keys and tokens, whoever they belong to. */
const lookalike = /\b(sk|sutkn)_\w+/g;

/** Replaces the key, however a server may have written it when echoing it, and everything that looks like a secret. */
export function createRedactor(key: string): Redactor {
  const json = JSON.stringify(key).slice(1, -1);
  const percent = encodeURIComponent(key);
  const written = [json, key, percent, percent.toLowerCase(), btoa(key).replace(/=+$/, "")];
  return (text) => written.reduce((rest, form) => rest.replaceAll(form, mask), text).replace(lookalike, mask);
}

/** A JSON member whose name says that its value is secret. */
const secretName = /token|secret|password|api.?key|authorization/i;

/** Redacts a body: in JSON after its escapes are read, and every string whose name says that it is secret. */
export function redactBody(text: string, redact: Redactor): string {
  try {
    return redact(
      JSON.stringify(
        JSON.parse(text, (name, value: unknown) =>
          typeof value === "string" ? (secretName.test(name) ? mask : redact(value)) : value,
        ),
      ),
    );
  } catch {
    return redact(text);
  }
}
