import { WebSocket } from "ws";
import type { TokenDoor } from "../../../src/simulator/token-door.ts";
import type { Opening } from "./lifecycle-provider.ts";
import { type SocketSight, socketVerdict } from "./socket-verdict.ts";

export interface OpenSocketOptions {
  /** Milliseconds from the handshake to a verdict. */
  readonly timeoutMs: number;
  /** A voice that the account may use, for the socket whose path names one. */
  readonly voiceId: string;
  /** Whether this address has let a good token in before. */
  readonly hasLetIn: () => boolean;
}

/** Shows a token to a socket, or none when it is empty, waits for the verdict and hangs up. */
export function openSocket(
  address: string,
  door: TokenDoor,
  token: string,
  { timeoutMs, voiceId, hasLetIn }: OpenSocketOptions,
): Promise<Opening> {
  const url = `${address.replace(/^http/, "ws")}${door.url(token, voiceId)}`;
  return new Promise((resolve) => {
    const socket = new WebSocket(url, { perMessageDeflate: false, handshakeTimeout: timeoutMs });
    const timer = setTimeout(
      () => see({ kind: "failed", why: `no verdict within ${timeoutMs} ms` }),
      timeoutMs,
    );
    const see = (sight: SocketSight) => {
      const opening = socketVerdict(sight, hasLetIn());
      if (!opening) return;
      clearTimeout(timer);
      resolve(withoutToken(opening, token));
      socket.terminate();
    };
    socket.on("open", () => {
      // The least that makes the speech socket answer; transcription speaks first.
      if (door.service === "streaming-speech") {
        for (const text of [" ", "Hi. ", ""]) socket.send(JSON.stringify({ text }));
      }
    });
    socket.on("message", (data) => see({ kind: "message", text: data.toString() }));
    socket.on("close", (code, reason) => see({ kind: "closed", code, reason: reason.toString() }));
    socket.on("unexpected-response", (_request, response) => {
      see({ kind: "handshake-refused", status: response.statusCode ?? 0 });
    });
    // ws repeats in its messages what was answered, never the address with the token.
    socket.on("error", (error) => see({ kind: "failed", why: error.message }));
  });
}

/** A provider may repeat the token, and anything else, in what it says: neither reaches a report. */
function withoutToken(opening: Opening, token: string): Opening {
  const clean = (text: string): string =>
    (token === "" ? text : text.replaceAll(token, "[token]").replaceAll(encodeURIComponent(token), "[token]"))
      .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, " ")
      .slice(0, 200);
  return opening.kind === "no-verdict"
    ? { ...opening, why: clean(opening.why) }
    : { ...opening, how: clean(opening.how) };
}
