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
 * success when its own has none. An operation without any such schema answers with its text, or with its bytes where
 * the contract says so.
 *
 * @throws ElevenLabsError with code `invalid_answer`; the body may hold a token, so the error tells nothing of it
 */
export function parseAnswer(id: string, operation: Operation, answer: Answer): unknown {
  const byStatus = validators[id] ?? {};
  const isValid = byStatus[answer.status] ?? byStatus[operation.successStatus];
  try {
    const { bytes, text } = answer;
    const data = isValid ? JSON.parse(`${text}`) : operation.answersBytes ? bytes?.buffer : text;
    if (isValid?.(data) ?? data !== undefined) return data;
  } catch {}
  throw new ElevenLabsError({
    code: "invalid_answer",
    message: "The answer breaks the contract.",
    rawResponse: answer.rawResponse(),
  });
}
