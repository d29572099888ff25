import { openStream } from "../streams/open-stream.ts";
import type { Answer } from "../transport/answer.ts";
import type { Validator } from "./validator.ts";

/** A success that isn't JSON: a stream, bytes, a text, or nothing where no body is documented. */
export function readOtherAnswer(answer: Answer, isValid: Validator | undefined, refuse: () => void): unknown {
  const { source, bytes, expected } = answer;
  if (source) return openStream(source, expected.form, isValid, refuse);
  if (expected.form === "bytes") return bytes?.buffer;
  if (expected.form === undefined) return undefined;
  const text = answer.text();
  if (text === undefined) refuse();
  return text;
}
