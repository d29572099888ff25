import type { HeaderLine } from "./message.ts";

/** The last value of a header, any case; repeats are joined with a comma (RFC 9110, section 5.3). */
export function headerValue(headers: readonly HeaderLine[], name: string): string | undefined {
  const values = headers
    .filter(([key]) => key.toLowerCase() === name.toLowerCase())
    .map(([, value]) => value);
  return values.length === 0 ? undefined : values.join(", ");
}
