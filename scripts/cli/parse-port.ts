import { InputError } from "./input-error.ts";

/**
 * A TCP port given on the command line; 0 lets the system choose a free one.
 *
 * @throws InputError when it isn't a whole number from 0 to 65535
 */
export function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535)
    throw new InputError(`--port takes a number from 0 to 65535, not "${text}".`);
  return port;
}
