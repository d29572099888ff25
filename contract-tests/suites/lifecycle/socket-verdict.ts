import type { Opening } from "./lifecycle-provider.ts";

/** Something seen on a WebSocket that a token was shown to. */
export type SocketSight =
  | { readonly kind: "message"; readonly text: string }
  | { readonly kind: "closed"; readonly code: number; readonly reason: string }
  | { readonly kind: "handshake-refused"; readonly status: number }
  | { readonly kind: "failed"; readonly why: string };

/**
 * What one sight says of the token; undefined when the next one has to be waited for. A session that begins, sends
 * audio or ends in order was opened. Handshakes refused with 401 or 403 and closes other than normal ones are
 * refusals; any other handshake status says that there is no such socket.
 */
export function socketVerdict(sight: SocketSight): Opening | undefined {
  switch (sight.kind) {
    case "message":
      return messageVerdict(sight.text);
    case "closed":
      if (sight.code === 1000) return { kind: "opened" };
      return sight.code === 1006 || sight.code === 1011
        ? { kind: "no-verdict", why: `the connection broke with close code ${sight.code}` }
        : { kind: "refused", how: `close code ${sight.code} ${sight.reason}`.trim() };
    case "handshake-refused":
      return sight.status === 401 || sight.status === 403
        ? { kind: "refused", how: `handshake answered ${sight.status}` }
        : { kind: "no-verdict", why: `there is no socket: the handshake was answered ${sight.status}` };
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
  if ("message_type" in message && message.message_type === "session_started") return { kind: "opened" };
  if ("audio" in message || "isFinal" in message) return { kind: "opened" };
  // An error message is followed by the close that has the code.
  return undefined;
}
