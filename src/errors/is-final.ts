import { ApiError } from "./api-error.ts";

/** What Next.js writes into the `digest` of errors by which its `fetch` steers rendering, rather than fails. */
const digests = /^(NEXT_|DYNAMIC_SERVER_USAGE|BAILOUT_TO_CLIENT_SIDE|HANGING_PROMISE)/;

/**
 * Whether what was thrown reaches the caller as it is, and at once: one of our errors, or what a framework threw to steer
 * its own rendering.
 */
export function isFinal(error: unknown): error is Error {
  try {
    return (
      error instanceof ApiError ||
      (error instanceof Error && digests.test(`${(error as { digest?: unknown }).digest}`))
    );
  } catch {
    // A proxy may refuse the question.
    return false;
  }
}
