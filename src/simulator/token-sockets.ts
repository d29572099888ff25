import { type IncomingMessage, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import type { WebSocket, WebSocketServer } from "ws";
import { closeReason, refusedCode } from "./close-reason.ts";
import { realtimeTranscription } from "./realtime-transcription.ts";
import { streamingSpeech } from "./streaming-speech.ts";
import { type Knock, knockAt } from "./token-door.ts";
import type { Ledger } from "./token-ledger.ts";

const maxMessageBytes = 1024 * 1024;

export type UpgradeListener = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/**
 * The sockets where tokens are used up. Every handshake at a known address succeeds, because a browser shows a page
 * neither status nor body of a refused one; a refusal is the close frame that follows at once.
 *
 * @throws {Error} when the package `ws` isn't installed; the message says how to mend it.
 */
export async function tokenSockets(ledger: Ledger): Promise<UpgradeListener> {
  const sockets = await webSocketServer();

  return (request, socket, head) => {
    const knock = knockAt(request.url ?? "");
    if (!knock) {
      socket.end(`HTTP/1.1 404 ${STATUS_CODES[404]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (opened) => {
      // A client that breaks the protocol or leaves in mid-frame: ws has closed the connection already.
      opened.on("error", () => opened.terminate());
      admit(opened, knock, ledger);
    });
  };
}

function admit(socket: WebSocket, { door, token, query }: Knock, ledger: Ledger): void {
  const use = token === "" ? "missing" : ledger.use(token, door.tokenType);
  if (use !== "accepted") {
    const reason = closeReason(use);
    if (door.service === "realtime-transcription") {
      socket.send(JSON.stringify({ message_type: "auth_error", error: reason }));
    }
    socket.close(refusedCode, reason);
    return;
  }
  if (door.service === "realtime-transcription") realtimeTranscription(socket, query);
  else streamingSpeech(socket);
}

async function webSocketServer(): Promise<WebSocketServer> {
  let ws: typeof import("ws");
  try {
    ws = await import("ws");
  } catch (error) {
    throw new Error(
      "The simulator's sockets need the package `ws` (8.x); add it with `npm install --save-dev ws`.",
      {
        cause: error,
      },
    );
  }
  return new ws.WebSocketServer({ noServer: true, maxPayload: maxMessageBytes });
}
