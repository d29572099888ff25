import type { Redactor } from "./create-redactor.ts";

/**
 * A copy of what was thrown, with name, message, stack, `code` and causes but nothing else: an error of a custom
 * `fetch` may carry the whole request, headers included.
 */
export function safeCause(cause: unknown, redact: Redactor, depth = 3): unknown {
  // undefined, or the end of a chain that may be a circle
  if (cause === undefined || !depth) return undefined;
  try {
    if (!(cause instanceof Error)) return redact(String(cause));
    const { name, message, stack, code, cause: deeper } = cause as Error & { code?: unknown };
    const copy = new Error(redact(message), { cause: safeCause(deeper, redact, depth - 1) });
    return Object.assign(copy, {
      name: redact(name),
      stack: redact(`${stack}`),
      code: code && redact(`${code}`),
    });
  } catch {
    // Whatever can't be read can't be redacted either.
    return undefined;
  }
}
