import { type IncomingMessage, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import type { WebSocket, WebSocketServer } from "ws";
import { parseMessage } from "./parse-message.ts";
import { realtimeTranscription } from "./realtime-transcription.ts";
import { streamingSpeech } from "./streaming-speech.ts";
import { type Knock, knockAt } from "./token-door.ts";
import type { Ledger } from "./token-ledger.ts";
import type { TranscriptionErrorType } from "./transcription-messages.ts";

const maxMessageBytes = 1024 * 1024;
/** What a client may leave unread before it is cut off. */
const maxUnreadBytes = 16 * 1024 * 1024;
/** Seconds of silence after which speech ends, and the most that an address may ask for. */
const idleSeconds = { byDefault: 20, atMost: 180 };

export type UpgradeListener = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/**
 * The sockets where tokens are used up. Every handshake at a known address succeeds, and a refusal is the message that
 * follows at once and then a close, as others measured it: transcription closes with 1000 and says `auth_error`,
 * speech closes with 1008.
 *
 * @param failure the trouble that transcription sessions have now
 * @throws {Error} if the package `ws` isn't installed; the message says how to fix it.
 */
export async function tokenSockets(
  ledger: Ledger,
  failure: () => TranscriptionErrorType | undefined,
): Promise<UpgradeListener> {
  const sockets = await webSocketServer();

  return (request, socket, head) => {
    // Whoever resets the connection before it is a WebSocket; ws listens from then on.
    socket.on("error", () => socket.destroy());
    const knock = knockAt(request.url ?? "");
    if (!knock) {
      const refusal = `HTTP/1.1 403 ${STATUS_CODES[403]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`;
      // Not left open for a client that never closes its own side.
      socket.end(refusal, () => socket.destroy());
      return;
    }
    sockets.handleUpgrade(request, socket, head, (opened) => {
      // A client that breaks the protocol or leaves in mid-frame: ws has closed the connection already.
      opened.on("error", () => opened.terminate());
      const isAccepted = ledger.use(knock.token, knock.door.tokenType) === "accepted";
      if (knock.door.service === "realtime-transcription") transcribe(opened, knock, isAccepted, failure());
      else speak(opened, knock, isAccepted);
    });
  };
}

function transcribe(
  socket: WebSocket,
  { query }: Knock,
  isAccepted: boolean,
  failure: TranscriptionErrorType | undefined,
): void {
  const outlet = outletOf(socket);
  if (!isAccepted) {
    outlet.say({
      message_type: "auth_error",
      error: "You must be authenticated to use this endpoint.",
    });
    outlet.close(1000, "");
    return;
  }
  onMessages(socket, realtimeTranscription(query, outlet, failure));
}

function speak(socket: WebSocket, { query }: Knock, isAccepted: boolean): void {
  const outlet = outletOf(socket);
  if (!isAccepted) {
    outlet.say({ message: "Invalid API key", error: "invalid_api_key", code: 1008 });
    outlet.close(1008, "");
    return;
  }
  const session = streamingSpeech(query, outlet);
  const asked = Number(query.get("inactivity_timeout") ?? idleSeconds.byDefault);
  const seconds = asked > 0 && asked <= idleSeconds.atMost ? asked : idleSeconds.byDefault;
  const timer = setTimeout(() => session.idle(), seconds * 1000);
  socket.once("close", () => clearTimeout(timer));
  onMessages(socket, (message) => {
    timer.refresh();
    session.receive(message);
  });
}

/** Hands messages on; one that makes the simulator throw ends its own connection and nothing else. */
function onMessages(
  socket: WebSocket,
  receive: (message: Record<string, unknown> | undefined) => void,
): void {
  socket.on("message", (data) => {
    if (socket.readyState !== socket.OPEN) return;
    try {
      receive(parseMessage(data));
    } catch {
      socket.close(1011, "the simulator failed");
    }
  });
}

function outletOf(socket: WebSocket) {
  return {
    say(message: object): void {
      if (socket.readyState !== socket.OPEN) return;
      if (socket.bufferedAmount > maxUnreadBytes) socket.terminate();
      else socket.send(JSON.stringify(message));
    },
    close: (code: number, reason: string): void => socket.close(code, reason),
  };
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
