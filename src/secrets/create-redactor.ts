/** Takes secrets out of a text. */
export type Redactor = (text: string) => string;

/** What stands in a secret's place. */
export const mask = "[REDACTED]";

/**
 * Replaces the key, however a server may have written it when echoing it, and whatever looks like one of the
 * provider's keys (`sk_…`) or tokens (`sutkn_…`).
 */
export function createRedactor(key = mask): Redactor {
  const percent = encodeURIComponent(key);
  const forms = [
    JSON.stringify(key).slice(1, -1),
    key,
    percent,
    percent.toLowerCase(),
    btoa(key).replace(/=+$/, ""),
  ];
  return (text) =>
    forms.reduce((rest, form) => rest.replaceAll(form, mask), text).replace(/\b(sk|sutkn)_\w+/g, mask);
}
