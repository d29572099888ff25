import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { type WebSocket, WebSocketServer } from "ws";
import { type TokenDoor, tokenDoors } from "../../../src/simulator/token-door.ts";
import { openSocket } from "./open-socket.ts";

const [transcription, speech] = tokenDoors as [TokenDoor, TokenDoor];
const token = "sutkn_canary";
const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** A provider whose sockets end in one way: a handshake's status, or what it does to an open socket. */
async function fake(ending: number | ((socket: WebSocket) => void)): Promise<string> {
  const server = createServer();
  const sockets = new WebSocketServer({ noServer: true });
  server.on("upgrade", (request, socket, head) => {
    if (typeof ending === "number") socket.end(`HTTP/1.1 ${ending} No\r\nContent-Length: 0\r\n\r\n`);
    else sockets.handleUpgrade(request, socket, head, ending);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => {
    for (const client of sockets.clients) client.terminate();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const says =
  (message: unknown, code?: number, reason = "") =>
  (socket: WebSocket): void => {
    socket.send(typeof message === "string" ? message : JSON.stringify(message));
    if (code !== undefined) socket.close(code, reason);
  };
const closes =
  (code: number, reason = "") =>
  (socket: WebSocket): void =>
    socket.close(code, reason);

const authError = { message_type: "auth_error", error: "You must be authenticated to use this endpoint." };
const started = { message_type: "session_started", session_id: "s", config: {} };

const open = (address: string, door: TokenDoor, hasLetIn: boolean) =>
  openSocket(address, door, token, { timeoutMs: 300, voiceId: "v", hasLetIn: () => hasLetIn });

describe("the verdict on a token", () => {
  test.each([
    ["as measured", says(authError, 1000), "refused"],
    ["an error and 1008", says({ message_type: "invalid_request", error: "x" }, 1008), "refused"],
    ["an error and no close", says(authError), "refused"],
    ["bare 1000", closes(1000), "no-verdict"],
    ["bare 1008", closes(1008, "token_used"), "no-verdict"],
    ["bare 1011", closes(1011), "no-verdict"],
    ["a cut", (socket: WebSocket) => socket.terminate(), "no-verdict"],
    ["silence after the handshake", () => {}, "no-verdict"],
    ["words that are no JSON", says("hello", 1000), "no-verdict"],
    [
      "a transcript without a session",
      says({ message_type: "partial_transcript", text: "" }, 1000),
      "no-verdict",
    ],
    ["too many sessions", says({ message_type: "rate_limited", error: "later" }, 1000), "no-verdict"],
    ["a session", says(started), "opened"],
    ["a session that ends at once", says(started, 1011), "opened"],
    [
      "an error in mid-session",
      (socket: WebSocket) => {
        says(started)(socket);
        says(authError, 1000)(socket);
      },
      "opened",
    ],
  ] as const)("at transcription: %s", async (_, ending, kind) => {
    expect(await open(await fake(ending), transcription, true)).toMatchObject({ kind });
  });

  test.each([
    [
      "as measured",
      says({ message: "Invalid API key", error: "invalid_api_key", code: 1008 }, 1008),
      "refused",
    ],
    ["audio", says({ audio: "AAAA", isFinal: null }), "opened"],
    ["the end without audio", says({ audio: null, isFinal: true }, 1000), "no-verdict"],
    ["bare 1008", closes(1008), "no-verdict"],
  ] as const)("at speech: %s", async (_, ending, kind) => {
    expect(await open(await fake(ending), speech, true)).toMatchObject({ kind });
  });

  test.each([
    [401, true, "refused"],
    [403, true, "refused"],
    [401, false, "no-verdict"],
    [403, false, "no-verdict"],
    [404, true, "no-verdict"],
    [500, true, "no-verdict"],
  ])("a handshake answered %i where a token has been let in: %s", async (status, hasLetIn, kind) => {
    expect(await open(await fake(status), transcription, hasLetIn)).toMatchObject({ kind });
  });

  test.each([
    says({ message_type: `auth_error ${token}`, error: `\u001b[31m${token}` }),
    closes(1008, `no ${token}`),
  ])("repeats neither the token nor escapes", async (ending) => {
    const opening = await open(await fake(ending), transcription, true);
    expect(JSON.stringify(opening)).toContain("[token]");
    expect(JSON.stringify(opening)).not.toMatch(/canary|\\u001b/);
  });
});
