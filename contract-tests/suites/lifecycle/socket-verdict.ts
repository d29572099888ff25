import type { Opening } from "./lifecycle-provider.ts";

/** Something seen on a WebSocket that a token was shown to. */
export type SocketSight =
  | { readonly kind: "message"; readonly text: string }
  | { readonly kind: "closed"; readonly code: number; readonly reason: string }
  | { readonly kind: "handshake-refused"; readonly status: number }
  | { readonly kind: "failed"; readonly why: string };

/** Troubles that a provider may have with the best of tokens: they say nothing of this one. */
const troubles: ReadonlySet<string> = new Set([
  "quota_exceeded",
  "rate_limited",
  "queue_overflow",
  "resource_exhausted",
  "transcriber_error",
]);

/**
 * What one sight says of the token; `undefined` when the next one has to be waited for. A session that was seen to work
 * was opened: it began, or sent audio. An error message is the refusal, with its kind. A close before either says
 * nothing, whatever its code: refusals were measured to close with 1000 as well as 1008.
 *
 * @param hasLetIn - Whether this address has let a good token in before, so that it has a socket. Only then does a
 *   handshake answered 401 or 403 speak of the token.
 */
export function socketVerdict(sight: SocketSight, hasLetIn: boolean): Opening | undefined {
  switch (sight.kind) {
    case "message":
      return messageVerdict(sight.text);
    case "closed":
      return {
        kind: "no-verdict",
        why: `closed with ${[sight.code, sight.reason].join(" ").trim()} before a word about the token`,
      };
    case "handshake-refused":
      if (sight.status !== 401 && sight.status !== 403)
        return { kind: "no-verdict", why: `there is no socket: the handshake was answered ${sight.status}` };
      return hasLetIn
        ? { kind: "refused", how: `handshake answered ${sight.status}` }
        : {
            kind: "no-verdict",
            why: `the handshake was answered ${sight.status}, and no token has been let in there`,
          };
    case "failed":
      return { kind: "no-verdict", why: sight.why };
  }
}

function messageVerdict(text: string): Opening | undefined {
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof message !== "object" || message === null) return undefined;
  const type = "message_type" in message ? message.message_type : undefined;
  if (type === "session_started") return { kind: "opened", how: "session_started" };
  const error = "error" in message && message.error;
  if (typeof error === "string" || (typeof type === "string" && /(^|_)error$/.test(type))) {
    // Transcription names the kind in `message_type` and says a sentence in `error`; speech names it in `error`.
    const kind = typeof type === "string" ? type : String(error);
    return troubles.has(kind)
      ? { kind: "no-verdict", why: `the provider had another trouble: ${kind}` }
      : { kind: "refused", how: kind };
  }
  if ("audio" in message && typeof message.audio === "string" && message.audio !== "")
    return { kind: "opened", how: "audio" };
  return undefined;
}
