import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, test, vi } from "vitest";
import { WebSocket } from "ws";
import { movableClock } from "./movable-clock.ts";
import { sessionFaults } from "./session-faults.ts";
import {
  type Simulator,
  type SimulatorOptions,
  simulatorFaults,
  startSimulator,
  UnknownFaultError,
} from "./start-simulator.ts";
import { TokenLedger, tokenLifetimeMs } from "./token-ledger.ts";
import { tokenProvider } from "./token-provider.ts";

const running: Simulator[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((simulator) => simulator.close()));
});

async function started(options?: SimulatorOptions): Promise<Simulator> {
  const simulator = await startSimulator(options);
  running.push(simulator);
  return simulator;
}

async function mint(simulator: Simulator, type = "realtime_scribe"): Promise<string> {
  const response = await fetch(`${simulator.address}/v1/single-use-token/${type}`, {
    method: "POST",
    headers: { "xi-api-key": "key" },
  });
  const body: unknown = await response.json();
  if (typeof body !== "object" || body === null || !("token" in body) || typeof body.token !== "string") {
    throw new Error(`no token in ${JSON.stringify(body)}`);
  }
  return body.token;
}

const transcription = (token: string) =>
  `/v1/speech-to-text/realtime?model_id=scribe_v2_realtime&token=${token}`;
const speech = (token: string) => `/v1/text-to-speech/voice/stream-input?single_use_token=${token}`;

/** So many seconds of 16-bit sound at 16 kHz, or at the rate given. */
function chunk(seconds: number, more: { commit?: boolean; sample_rate?: number } = {}) {
  const { commit = false, sample_rate = 16_000 } = more;
  const audio_base_64 = Buffer.alloc(seconds * 2 * sample_rate, 0x55).toString("base64");
  return { message_type: "input_audio_chunk", audio_base_64, commit, sample_rate };
}

const silence = (seconds: number): string => Buffer.alloc(seconds * 32_000).toString("base64");

interface Conversation {
  readonly messages: Record<string, unknown>[];
  readonly code: number;
  readonly reason: string;
}

/** Opens a socket, sends what it is given once it is open, and waits for the close. */
function converse(simulator: Simulator, path: string, sends: readonly unknown[] = [], closeAfter?: number) {
  return new Promise<Conversation>((resolve, reject) => {
    const messages: Record<string, unknown>[] = [];
    const socket = new WebSocket(simulator.webSocketAddress + path);
    socket.on("open", () => {
      for (const message of sends)
        socket.send(typeof message === "string" ? message : JSON.stringify(message));
    });
    socket.on("message", (data) => {
      messages.push(JSON.parse(data.toString()));
      if (messages.length === closeAfter) socket.close(1000);
    });
    socket.on("close", (code, reason) => resolve({ messages, code, reason: reason.toString() }));
    socket.on("error", reject);
  });
}

describe("the simulator's sockets", () => {
  test("transcribes the length of the audio that it is sent, and repeats a commit as a partial", async () => {
    const simulator = await started();
    const { messages } = await converse(
      simulator,
      transcription(await mint(simulator)),
      [
        chunk(0.5),
        chunk(0.5, { commit: true }),
        { ...chunk(0.5, { commit: true }), audio_base_64: silence(0.5) },
      ],
      6,
    );
    expect(messages).toMatchObject([
      {
        message_type: "session_started",
        config: { model_id: "scribe_v2_realtime", vad_commit_strategy: false },
      },
      { message_type: "partial_transcript", text: "[0.5 s of audio]" },
      { message_type: "committed_transcript", text: "[1 s of audio]" },
      { message_type: "partial_transcript", text: "[1 s of audio]" },
      { message_type: "committed_transcript", text: "" },
      { message_type: "partial_transcript", text: "" },
    ]);
  });

  test.each([
    ["pcm_8000", 1_000, 0.0625],
    ["pcm_48000", 48_000, 0.5],
    ["ulaw_8000", 8_000, 1],
  ])("counts %s by its own rate, whatever a chunk says: %i bytes", async (format, bytes, seconds) => {
    const simulator = await started();
    const audio_base_64 = Buffer.alloc(bytes, 0x55).toString("base64");
    const path = `${transcription(await mint(simulator))}&audio_format=${format}`;
    const { messages } = await converse(simulator, path, [{ ...chunk(1), audio_base_64 }], 2);
    expect(messages[1]?.["text"]).toBe(`[${Number(seconds.toFixed(3))} s of audio]`);
  });

  test("commits by itself at a pause, with vad, and after 90 s without", async () => {
    const simulator = await started();
    const vad = await converse(
      simulator,
      `${transcription(await mint(simulator))}&commit_strategy=vad&vad_silence_threshold_secs=0.5`,
      [chunk(1), { ...chunk(1), audio_base_64: silence(0.6) }],
      4,
    );
    const manual = await converse(
      simulator,
      transcription(await mint(simulator)),
      [...Array(9).fill(chunk(10))],
      10,
    );
    const types = (messages: Record<string, unknown>[]) => messages.map((message) => message["message_type"]);
    expect(types(vad.messages)).toEqual([
      "session_started",
      "partial_transcript",
      "committed_transcript",
      "partial_transcript",
    ]);
    expect(manual.messages[9]).toMatchObject({
      message_type: "committed_transcript",
      text: "[90 s of audio]",
    });
  });

  test("adds timestamps and entities where they are asked for", async () => {
    const simulator = await started();
    const path = `${transcription(await mint(simulator))}&include_timestamps=true&language_code=de&entity_detection=number`;
    const { messages } = await converse(simulator, path, [chunk(1, { commit: true })], 5);
    expect(messages.slice(1, 4)).toMatchObject([
      { message_type: "committed_transcript" },
      {
        message_type: "committed_transcript_with_timestamps",
        language_code: "de",
        words: [{ start: 0, end: 1 }],
      },
      { message_type: "committed_transcript_entities", entities: [{ entity_type: "number", start_char: 0 }] },
    ]);
  });

  test.each([
    ["a commit of too little", [chunk(0.2, { commit: true })], "commit_throttled"],
    ["a chunk of too much", [chunk(31, { sample_rate: 8_000 })], "chunk_size_exceeded"],
  ])("ends the session at %s", async (_, sends, type) => {
    const simulator = await started();
    const { messages, code, reason } = await converse(simulator, transcription(await mint(simulator)), sends);
    expect([messages.at(-1)?.["message_type"], code, reason]).toEqual([type, 1000, type]);
  });

  test.each([
    "model_id=scribe_v9",
    "audio_format=mp3",
    "audio_format=__proto__",
    "commit_strategy=never",
    "vad_threshold=NaN",
    "include_timestamps=true&filter_background_audio=true",
  ])("refuses a session with %s", async (query) => {
    const simulator = await started();
    const path = `/v1/speech-to-text/realtime?${query.startsWith("model_id") ? "" : "model_id=scribe_v2_realtime&"}${query}&token=${await mint(simulator)}`;
    const { messages, code, reason } = await converse(simulator, path);
    expect([messages, code, reason]).toEqual([
      [{ message_type: "invalid_request", error: expect.any(String) }],
      1008,
      "invalid_request",
    ]);
  });

  test.each(sessionFaults)("has the trouble $id when it is told to", async ({ id, failure }) => {
    const simulator = await started({ faults: [id] });
    const { messages } = await converse(simulator, transcription(await mint(simulator)), [chunk(1)], 2);
    expect(messages.map((message) => message["message_type"])).toEqual(["session_started", failure]);
  });

  test.each([
    "not json",
    "[]",
    "{}",
    '{"message_type":"commit"}',
    '{"message_type":"input_audio_chunk"}',
    '{"message_type":"input_audio_chunk","audio_base_64":"","sample_rate":{"valueOf":1}}',
    '{"message_type":"input_audio_chunk","audio_base_64":"","sample_rate":-1}',
    '{"message_type":"input_audio_chunk","audio_base_64":"","commit":"yes"}',
  ])("answers the message %s with an input_error and stays open", async (message) => {
    const simulator = await started();
    const { messages, code } = await converse(simulator, transcription(await mint(simulator)), [message], 2);
    expect([messages[1]?.["message_type"], code]).toEqual(["input_error", 1000]);
  });

  test("speaks silence until the empty text ends it", async () => {
    const simulator = await started();
    const path = `${speech(await mint(simulator, "tts_websocket"))}&output_format=pcm_16000`;
    const { messages, code } = await converse(simulator, path, [
      { text: " " },
      { text: "Hello" },
      { text: "" },
    ]);
    expect(Buffer.from(String(messages[0]?.["audio"]), "base64")).toHaveLength(8_000);
    expect([messages.at(-1), code]).toEqual([{ audio: null, isFinal: true }, 1000]);
  });

  test("speaks when there is enough text or it is told to, with the times of the characters", async () => {
    const simulator = await started();
    const path = speech(await mint(simulator, "tts_websocket"));
    const { messages } = await converse(simulator, path, [
      { text: " ", generation_config: { chunk_length_schedule: [50, 60] } },
      { text: "x".repeat(50) },
      { text: "y".repeat(50) },
      { text: "z".repeat(10) },
      { text: "flushed", flush: true },
      { text: "t".repeat(49), try_trigger_generation: true },
      { text: "u", try_trigger_generation: true },
      { text: "" },
    ]);
    const spoken = messages
      .slice(0, -1)
      .map(({ alignment }) => (alignment as { chars: string[] }).chars.join(""));
    const tried = `${"t".repeat(49)}u`;
    expect(spoken).toEqual(["x".repeat(50), "y".repeat(50) + "z".repeat(10), "flushed", tried]);
    expect(messages[2]).toMatchObject({
      normalizedAlignment: { charStartTimesMs: [0, 50, 100, 150, 200, 250, 300] },
    });
  });

  test.each([
    ["an unknown format", "&output_format=wav", [], "invalid_output_format"],
    ["a message without text", "", [{}], "invalid_message"],
    ["a text of a million characters", "", [{ text: "x".repeat(1_000_000) }], "invalid_message"],
    ["silence", "&inactivity_timeout=0.05", [], "input_timeout_exceeded"],
  ])("ends speech with a message and 1008 at %s", async (_, query, sends, error) => {
    const simulator = await started();
    const path = speech(await mint(simulator, "tts_websocket")) + query;
    const { messages, code } = await converse(simulator, path, sends);
    expect([messages, code]).toEqual([[{ message: expect.any(String), error, code: 1008 }], 1008]);
  });

  test("ends speech 20 s after the last message", async () => {
    const simulator = await started();
    const path = speech(await mint(simulator, "tts_websocket"));
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      const socket = new WebSocket(simulator.webSocketAddress + path);
      await once(socket, "open");
      for (let times = 0; times < 2; times += 1) {
        socket.send('{"text":"Hi","flush":true}');
        await once(socket, "message");
        vi.advanceTimersByTime(19_999);
      }
      const said: Promise<unknown[]> = once(socket, "message");
      vi.advanceTimersByTime(1);
      expect(String((await said)[0])).toContain("input_timeout_exceeded");
      expect((await once(socket, "close"))[0]).toBe(1008);
    } finally {
      vi.useRealTimers();
    }
  });

  test("refuses alike whatever is wrong with the token: a message, then a close without a reason", async () => {
    const clock = movableClock();
    const simulator = await started({ clock });
    const expired = await mint(simulator);
    clock.advance(tokenLifetimeMs);
    const used = await mint(simulator, "tts_websocket");
    await converse(simulator, speech(used), [{ text: "" }]);
    const transcriptions = ["", "sutkn_never", "__proto__", expired, await mint(simulator, "tts_websocket")];
    const speeches = ["", used, await mint(simulator)];

    for (const token of transcriptions)
      expect(await converse(simulator, transcription(token))).toEqual({
        messages: [{ message_type: "auth_error", error: "You must be authenticated to use this endpoint." }],
        code: 1000,
        reason: "",
      });
    for (const token of speeches)
      expect(await converse(simulator, speech(token))).toEqual({
        messages: [{ message: "Invalid API key", error: "invalid_api_key", code: 1008 }],
        code: 1008,
        reason: "",
      });
  });

  test("never names a token in a close frame", async () => {
    const simulator = await started();
    const token = await mint(simulator);
    const { reason, messages } = await converse(simulator, speech(token));
    expect(reason + JSON.stringify(messages)).not.toContain(token);
    expect(Buffer.byteLength(reason)).toBeLessThanOrEqual(123);
  });

  test("refuses an upgrade anywhere else", async () => {
    const simulator = await started();
    await expect(converse(simulator, "/v1/elsewhere?token=x")).rejects.toThrow("403");
  });

  test("survives clients that leave, break the protocol or send too much", async () => {
    const simulator = await started();
    const token = await mint(simulator);
    const big = JSON.stringify({ text: "x".repeat(2 * 1024 * 1024) });
    const { code } = await converse(simulator, transcription(token), [big]);
    expect(code).toBe(1009);
    expect(await mint(simulator)).toMatch(/^sutkn_/);
  });

  test("survives resets at unknown and known paths, in the handshake and after it", async () => {
    const simulator = await started();
    const { port, hostname } = new URL(simulator.address);
    for (const path of ["/elsewhere", transcription("x"), speech("x")]) {
      for (let i = 0; i < 20; i += 1) {
        const socket = connect(Number(port), hostname);
        socket.on("error", () => {});
        await new Promise((resolve) => socket.once("connect", resolve));
        socket.write(handshake(path, "h"), () => socket.resetAndDestroy());
      }
    }
    await sleep(50);
    expect(await mint(simulator)).toMatch(/^sutkn_/);
  });

  test.each([
    ["Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQ\r\nConnection: Upgrade, HTTP2-Settings\r\n", ""],
    ["Upgrade: h2c\r\nConnection: Upgrade\r\nContent-Type: application/json\r\n", "{}"],
    ["", ""],
  ])("answers a request that asks for another protocol as any other: %j", async (headers, body) => {
    const simulator = await started();
    const { port, hostname, host } = new URL(simulator.address);
    for (const target of ["", simulator.address]) {
      const socket = connect(Number(port), hostname);
      const request = `POST ${target}/v1/single-use-token/tts_websocket HTTP/1.1\r\nHost: ${host}\r\nxi-api-key: k\r\nContent-Length: ${body.length}\r\n${headers}\r\n${body}`;
      let answer = "";
      socket.setEncoding("utf8").on("data", (data) => {
        answer += data;
      });
      for (const answers of [1, 2]) {
        socket.write(request);
        await expect.poll(() => answer.split("sutkn_").length - 1).toBe(answers);
      }
      expect(answer).toMatch(/^HTTP\/1.1 200 /);
      socket.destroy();
    }
  });

  test("closing the simulator closes open sockets", async () => {
    const simulator = await started();
    const socket = new WebSocket(simulator.webSocketAddress + transcription(await mint(simulator)));
    await new Promise((resolve) => socket.once("message", resolve));
    const closed = new Promise((resolve) => socket.once("close", resolve));
    await simulator.close();
    await closed;
  });
});

describe("the simulator's faults", () => {
  test("put a caller off with 429 and Retry-After, and no failing answer carries a live token", async () => {
    for (const id of ["error-429-with-retry-after", "error-503-with-retry-after", "all-refused-401"]) {
      const simulator = await started({ faults: [id] });
      const response = await fetch(`${simulator.address}/v1/single-use-token/tts_websocket`, {
        method: "POST",
        headers: { "xi-api-key": "k" },
      });
      expect(id).toContain(String(response.status));
      expect(response.headers.has("retry-after")).toBe(id.includes("retry-after"));
      expect(await response.text()).not.toContain("sutkn_");
    }
  });

  test("are switched on and off while it runs", async () => {
    const simulator = await started({ faults: ["same-token-to-all"] });
    expect(await mint(simulator)).toBe(await mint(simulator));
    simulator.switchFaults([]);
    expect(await mint(simulator)).not.toBe(await mint(simulator));
  });

  test("have ids of their own and say what they do", () => {
    const ids = simulatorFaults.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { id, breach } of simulatorFaults) {
      expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      expect(breach).toMatch(/\.$/);
    }
  });

  test("an unknown one is refused and changes nothing", async () => {
    const simulator = await started({ faults: ["same-token-to-all"] });
    expect(() => simulator.switchFaults(["no-such-fault"])).toThrow(UnknownFaultError);
    expect(await mint(simulator)).toBe(await mint(simulator));
    await expect(startSimulator({ faults: ["no-such-fault"] })).rejects.toThrow(
      'There is no fault "no-such-fault"',
    );
  });
});

describe("many tokens", () => {
  test("of 100 racing uses of one token exactly one wins, 100 times in a row", async () => {
    const simulator = await started();
    for (let round = 0; round < 100; round += 1) {
      const path = transcription(await mint(simulator));
      const firsts = await Promise.all(Array.from({ length: 100 }, () => firstWord(simulator, path)));
      expect(firsts.filter((word) => word === "session_started")).toHaveLength(1);
      expect(firsts.filter((word) => word === "auth_error")).toHaveLength(99);
    }
  }, 60_000);

  test("minted and expired, 200,000 of them leave the memory flat", async () => {
    const clock = movableClock();
    const ledger = new TokenLedger(clock);
    const provider = tokenProvider({ ledger });
    const request = {
      method: "POST",
      url: "/v1/single-use-token/realtime_scribe",
      headers: { "xi-api-key": "k" },
      body: new Uint8Array(),
    };
    const mintMany = async (count: number) => {
      for (let i = 0; i < count; i += 1) await provider(request);
    };
    const expireAll = () => clock.advance(2 * tokenLifetimeMs);

    await mintMany(20_000);
    expireAll();
    expect(ledger.size).toBe(0);
    const before = await heapAfterCollection();
    for (let batch = 0; batch < 10; batch += 1) {
      await mintMany(20_000);
      expireAll();
    }
    expect(ledger.size).toBe(0);
    // 200,000 tokens that stayed would be more than 40 MiB.
    expect((await heapAfterCollection()) - before).toBeLessThan(8 * 1024 * 1024);
  }, 60_000);
});

function handshake(path: string, host: string): string {
  return (
    `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
  );
}

/**
 * The message type of the first message of a new connection, which is then dropped. Ten thousand of these race, so it
 * speaks no more of RFC 6455 than a handshake.
 */
function firstWord(simulator: Simulator, path: string): Promise<string> {
  const { port, hostname, host } = new URL(simulator.address);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    let received = "";
    socket.setEncoding("latin1");
    socket.write(handshake(path, host));
    socket.on("data", (data) => {
      received += data;
      const word = /"message_type":"(\w+)"/.exec(received)?.[1];
      if (word === undefined) return;
      resolve(word);
      socket.destroy();
    });
    socket.on("error", reject);
    socket.on("close", () => reject(new Error(`closed after ${JSON.stringify(received)}`)));
  });
}

async function heapAfterCollection(): Promise<number> {
  const { setFlagsFromString } = await import("node:v8");
  const { runInNewContext } = await import("node:vm");
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("gc");
  if (typeof collect !== "function") throw new Error("this Node can't be asked to collect garbage");
  await sleep(0);
  collect();
  return process.memoryUsage().heapUsed;
}
