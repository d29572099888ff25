import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { type Simulator, startSimulator } from "./start-simulator.ts";

const running: Simulator[] = [];
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await Promise.all(running.splice(0).map((simulator) => simulator.close()));
});

async function started(): Promise<Simulator> {
  // Known keys, so that one is asked for whatever the page comes to say of it.
  const simulator = await startSimulator({ apiKeys: ["key"] });
  running.push(simulator);
  return simulator;
}

async function create(simulator: Simulator, type: string, init: RequestInit = {}): Promise<Response> {
  const headers = { "xi-api-key": "key" };
  return fetch(`${simulator.address}/v1/single-use-token/${type}`, { method: "POST", headers, ...init });
}

async function mint(simulator: Simulator, type = "realtime_scribe"): Promise<string> {
  const { token }: { token: string } = await (await create(simulator, type)).json();
  return token;
}

const transcription = (token: string) =>
  `/v1/speech-to-text/realtime?model_id=scribe_v2_realtime&token=${token}`;
const speech = (token: string) => `/v1/text-to-speech/voice/stream-input?single_use_token=${token}`;

/** A connection that is written to byte by byte. */
async function raw(simulator: Simulator, bytes: string): Promise<Socket> {
  const { port, hostname } = new URL(simulator.address);
  const socket = connect(Number(port), hostname);
  sockets.push(socket);
  socket.on("error", () => {});
  await once(socket, "connect");
  socket.write(bytes);
  return socket;
}

const handshake = (path: string, more = "") =>
  `GET ${path} HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n` +
  `Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n${more}\r\n`;

/** The simulator still does what it is there for. */
async function expectServing(simulator: Simulator): Promise<void> {
  const socket = new WebSocket(simulator.webSocketAddress + transcription(await mint(simulator)));
  const [first] = await once(socket, "message");
  expect(String(first)).toContain("session_started");
  socket.terminate();
}

/** Sends all of these at once and waits for the end. */
async function flood(simulator: Simulator, path: string, messages: readonly string[]): Promise<number> {
  const socket = new WebSocket(simulator.webSocketAddress + path);
  socket.on("error", () => {});
  socket.on("open", () => {
    for (const message of messages) socket.send(message);
    socket.close(1000);
  });
  const [code]: unknown[] = await once(socket, "close");
  return Number(code);
}

describe("the simulator under attack", () => {
  test("answers floods of messages, with good tokens and bad ones, and keeps no memory of them", async () => {
    const simulator = await started();
    const nonsense = Array.from(
      { length: 100 },
      (_, at) => ["{}", "[]", "x", "[".repeat(1_000)][at % 4] ?? "",
    );
    const before = process.memoryUsage().rss;
    for (let round = 0; round < 4; round += 1) {
      const tokens = await Promise.all(Array.from({ length: 25 }, () => mint(simulator)));
      const codes = await Promise.all([
        ...tokens.map((token) => flood(simulator, transcription(token), nonsense)),
        ...tokens.map(() => flood(simulator, transcription("false"), nonsense)),
        ...tokens.map(() => flood(simulator, speech("false"), nonsense)),
      ]);
      expect(codes.filter((code) => code !== 1000 && code !== 1008)).toEqual([]);
    }
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024);
    await expectServing(simulator);
  });

  test.each([
    ["a frame that declares 2^63 bytes", "\x81\xff\x7f\xff\xff\xff\xff\xff\xff\xff\x00\x00\x00\x00"],
    ["a frame that declares 2 MiB", "\x81\xff\x00\x00\x00\x00\x00\x20\x00\x00\x00\x00\x00\x00"],
    [
      "fragments without end",
      `\x01\xff${"\x00".repeat(5)}\x08\x00\x00\x00\x00\x00\x00${"x".repeat(0x80000)}`.repeat(1),
    ],
    ["a frame that isn't masked", "\x81\x02{}"],
    ["a reserved opcode", "\x83\x80\x00\x00\x00\x00"],
    ["a ping of 126 bytes", `\x89\xfe\x00\x7e\x00\x00\x00\x00${"x".repeat(126)}`],
    ["text that isn't UTF-8", "\x81\x82\x00\x00\x00\x00\xc3\x28"],
    ["a close with a forbidden code", "\x88\x82\x00\x00\x00\x00\x03\xec"],
  ])("ends a connection that sends %s, and no other", async (what, bytes) => {
    const simulator = await started();
    const socket = await raw(simulator, handshake(transcription(await mint(simulator))));
    await once(socket, "data");
    const ended = once(socket, "close");
    socket.resume();
    const repeats = what.startsWith("fragments") ? 4 : 1;
    for (let at = 0; at < repeats; at += 1)
      socket.write(at === 0 ? bytes : bytes.replace("\x01", "\x00"), "latin1");
    await ended;
    await expectServing(simulator);
  });

  test("serves others while handshakes and requests are left unfinished, and closes all the same", async () => {
    const simulator = await started();
    const whole = handshake(transcription("x"));
    for (let at = 0; at < 200; at += 1) await raw(simulator, whole.slice(0, (at * whole.length) / 201));
    for (let at = 0; at < 50; at += 1)
      await raw(
        simulator,
        "POST /v1/single-use-token/realtime_scribe HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\n{",
      );
    await expectServing(simulator);
    const start = performance.now();
    await simulator.close();
    expect(performance.now() - start).toBeLessThan(2_000);
  });

  test("cuts off a client that has it speak and never listens", async () => {
    const simulator = await started();
    const path = `${speech(await mint(simulator, "tts_websocket"))}&output_format=pcm_48000`;
    const socket = new WebSocket(simulator.webSocketAddress + path);
    socket.on("error", () => {});
    await once(socket, "open");
    socket.pause();
    const spoken = JSON.stringify({ text: "x".repeat(2_000), flush: true });
    for (let times = 0; times < 20; times += 1) socket.send(spoken);
    await new Promise((resolve) => setTimeout(resolve, 300));
    socket.resume();
    const [code] = await once(socket, "close");
    expect(code).toBe(1006);
    await expectServing(simulator);
  });

  test("gives a page of another origin neither a token nor a session", async () => {
    const simulator = await started();
    const foreign = { origin: "https://evil.test" };
    // What a page may send without a preflight has no key, and what has one is preflighted.
    const simple = await create(simulator, "realtime_scribe", {
      headers: foreign,
      body: new URLSearchParams("a=b"),
    });
    const preflight = await create(simulator, "realtime_scribe", {
      method: "OPTIONS",
      headers: {
        ...foreign,
        "access-control-request-method": "POST",
        "access-control-request-headers": "xi-api-key",
      },
    });
    expect([simple.status, preflight.status, simulator.tokensRemembered]).toEqual([422, 405, 0]);
    for (const answer of [simple, preflight])
      expect(answer.headers.has("access-control-allow-origin")).toBe(false);
    for (const path of [transcription(""), speech("")]) {
      const socket = new WebSocket(simulator.webSocketAddress + path, { headers: foreign });
      const [first] = await once(socket, "message");
      expect(String(first)).toMatch(/auth_error|invalid_api_key/);
    }
  });

  test.each([
    "__proto__",
    "constructor",
    "toString",
    "hasOwnProperty",
    "prototype",
    "valueOf",
    "0",
    "length",
  ])("knows no type, token, format or model named %s", async (name) => {
    const simulator = await started();
    expect((await create(simulator, name)).status).toBe(422);
    const paths = [
      [transcription(name), "auth_error"],
      [speech(name), "invalid_api_key"],
      [`${transcription(await mint(simulator))}&audio_format=${name}`, "invalid_request"],
      [`${transcription(await mint(simulator)).replace("scribe_v2_realtime", name)}`, "invalid_request"],
      [`${transcription(await mint(simulator))}&commit_strategy=${name}`, "invalid_request"],
      [`${speech(await mint(simulator, "tts_websocket"))}&output_format=${name}`, "invalid_output_format"],
    ] as const;
    for (const [path, error] of paths) {
      const socket = new WebSocket(simulator.webSocketAddress + path);
      const [first] = await once(socket, "message");
      expect(String(first)).toContain(error);
      socket.terminate();
    }
    expect(() => simulator.switchFaults([name])).toThrow("There is no fault");
  });
});
