import { writeValue } from "../calls/write-value.ts";
import type { HeaderOptions } from "../client-options.ts";
import { refusal } from "../errors/refusal.ts";
import { supply } from "../supplier.ts";

/** Those that belong to the connection, which the platform alone may set (RFC 9110 §7.6.1). */
const forbidden = /^(connection|content-length|expect|keep-alive|transfer-encoding|upgrade)$/i;

/**
 * Puts a caller's headers on the client's own, the later ones winning; a function is asked, `null` takes a header away.
 *
 * @throws ApiError with code `invalid_configuration` for a name or value that HTTP can't carry (RFC 9110 §5)
 */
export async function mergeHeaders(
  headers: Headers,
  ...sources: readonly (HeaderOptions | undefined)[]
): Promise<void> {
  for (const source of sources)
    for (const [name, supplier] of source && Symbol.iterator in source
      ? source
      : Object.entries(source ?? {})) {
      const value = await supply(supplier);
      try {
        if (value === null) headers.delete(name);
        else if (value !== undefined) headers.set(forbidden.test(name) ? "" : name, writeValue(value));
      } catch {
        // The platform's message would show the value.
        throw refusal("configuration", `The header ${JSON.stringify(name)} can't be sent.`);
      }
    }
}
