import type { WebSocket } from "ws";
import { parseMessage } from "./parse-message.ts";

/** Unsupported data, RFC 6455 section 7.4.1 (1007 is kept for text that isn't UTF-8). */
const badMessageCode = 1003;
/** 16-bit samples, 16 kHz, 50 ms of silence for each character. */
const bytesPerCharacter = 1_600;

/**
 * A speech session after its token was accepted. It understands `{ "text": … }`, answers with as much silence as the
 * text would take to say, and ends when it is sent the empty text.
 */
export function streamingSpeech(socket: WebSocket): void {
  socket.on("message", (data) => {
    const text = parseMessage(data)?.["text"];
    if (typeof text !== "string") {
      socket.close(badMessageCode, "a message is a JSON object with a string `text`");
      return;
    }
    if (text === "") {
      socket.send(JSON.stringify({ audio: null, isFinal: true }));
      socket.close(1000, "end of text");
      return;
    }
    if (text.trim() === "") return;
    const audio = Buffer.alloc(text.length * bytesPerCharacter).toString("base64");
    socket.send(JSON.stringify({ audio, isFinal: null }));
  });
}
