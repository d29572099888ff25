import type { Redactor } from "./create-redactor.ts";

/**
 * A copy of what was thrown, with name, message, stack, `code` and causes but nothing else: an error of a custom
 * `fetch` may carry the whole request, headers included.
 */
export function safeCause(cause: unknown, redact: Redactor, depth = 3): unknown {
  if (!(cause instanceof Error)) return redact(`${cause}`);
  const { name, message, stack, code, cause: deeper } = cause as Error & { code?: unknown };
  const copy = Object.assign(new Error(redact(message)), { name, stack: redact(`${stack}`) });
  if (code !== undefined) Object.assign(copy, { code: redact(`${code}`) });
  if (deeper !== undefined && depth > 0) copy.cause = safeCause(deeper, redact, depth - 1);
  return copy;
}
