import type { HeaderOptions } from "../client-options.ts";
import { ElevenLabsError } from "../errors/eleven-labs-error.ts";
import { supply } from "../supplier.ts";

/**
 * Sets each header on the request; a function is asked, `null` takes the header away, `undefined` leaves it.
 *
 * @throws ElevenLabsError with code `invalid_configuration` for a name or value that HTTP can't carry (RFC 9110 §5)
 */
export async function mergeHeaders(headers: Headers, options: HeaderOptions | undefined): Promise<void> {
  for (const name in options) {
    const value = await supply(options[name]);
    try {
      if (value === null) headers.delete(name);
      else if (value !== undefined) headers.set(name, value);
    } catch {
      // The platform's message would show the value.
      throw new ElevenLabsError({
        code: "invalid_configuration",
        message: `The header ${JSON.stringify(name)} has a name or value that can't be sent.`,
      });
    }
  }
}
