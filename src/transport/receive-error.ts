import { redactBody } from "../secrets/redact-body.ts";
import type { Answer } from "./answer.ts";
import { decode } from "./decode.ts";
import { type BodyReader, errorLimit, readBody } from "./read-body.ts";
import type { Receiving } from "./receive-whole.ts";

/** An error answer's body as redacted text: the status is worth more than a body that is too large or breaks off. */
export async function receiveError(
  reader: BodyReader | undefined,
  { redact }: Receiving,
): Promise<Pick<Answer, "bytes" | "text">> {
  const text = decode(await readBody(reader, errorLimit).catch(() => undefined));
  return { bytes: undefined, text: () => text && redactBody(text, redact) };
}
