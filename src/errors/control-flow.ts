/** What Next.js writes into the `digest` of errors by which its `fetch` steers rendering, rather than fails. */
const digests = /^(NEXT_|DYNAMIC_SERVER_USAGE|BAILOUT_TO_CLIENT_SIDE_RENDERING|HANGING_PROMISE_REJECTION)/;

/** Whether a framework threw it to steer its own rendering: it must reach the framework as it is, and at once. */
export function isControlFlow(error: unknown): error is Error {
  try {
    return error instanceof Error && "digest" in error && digests.test(String(error.digest));
  } catch {
    return false;
  }
}
