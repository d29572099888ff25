import { responseValidators } from "../../generated/validators.js";
import { ElevenLabsError } from "../errors/eleven-labs-error.ts";
import type { Answer } from "../transport/answer.ts";
import type { Operation } from "./operation.ts";

/** Read by id and status, which are known at run time only. */
const validators = responseValidators as unknown as Readonly<
  Record<string, Readonly<Record<string, (data: unknown) => boolean>>>
>;

/**
 * The body as the contract promises it: judged by the documented schema of its status, or of the first documented
 * success when its own has none. An operation without any such schema answers with its text.
 *
 * @throws ElevenLabsError with code `invalid_answer`; the body may hold a token, so the error tells nothing of it
 */
export function parseAnswer(id: string, { successStatus }: Operation, answer: Answer): unknown {
  const { status, text } = answer;
  const byStatus = validators[id] ?? {};
  const isValid = byStatus[status] ?? byStatus[successStatus];
  if (text !== undefined)
    try {
      const data = isValid ? JSON.parse(text) : text;
      if (!isValid || isValid(data)) return data;
    } catch {}
  throw new ElevenLabsError({
    code: "invalid_answer",
    message: "The answer breaks the contract.",
    rawResponse: answer.rawResponse,
  });
}
