import { type ResponseValidators, responseValidators } from "../../generated/validators.js";
import type { Answer } from "../transport/answer.ts";

/** Read by id, which is known at run time only; those of a large contract are loaded first. */
const table: Readonly<Record<string, ResponseValidators | (() => Promise<ResponseValidators>)>> =
  responseValidators;

/**
 * The body as the contract promises it: read in its documented form, and judged by the documented schema.
 *
 * @throws ApiError with code `invalid_answer`; the body may hold a token, so the error tells nothing of it
 */
export async function readAnswer(id: string, answer: Answer): Promise<unknown> {
  const { key = "", validation = "error" } = answer;
  const listed = validation === "off" ? undefined : table[id];
  const isValid = (typeof listed === "function" ? await listed() : listed)?.[key];
  const refuse = (): void => {
    const message = "The response doesn't match the contract.";
    if (validation === "warn") answer.warn(message);
    else if (validation !== "off") throw answer.failed("invalid_answer", message);
  };
  if (answer.read) return answer.read(isValid, refuse);
  const text = answer.text();
  let data: unknown;
  let isRead = true;
  try {
    data = JSON.parse(`${text}`);
  } catch {
    data = text || undefined;
    isRead = false;
  }
  if (!isRead || isValid?.(data) === false) refuse();
  return data;
}
