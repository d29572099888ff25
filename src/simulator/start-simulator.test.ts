import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { movableClock } from "./movable-clock.ts";
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
  test("transcribes the length of the audio that it is sent", async () => {
    const simulator = await started();
    const audio_base_64 = Buffer.alloc(16_000).toString("base64");
    const { messages } = await converse(
      simulator,
      transcription(await mint(simulator)),
      [
        { message_type: "input_audio_chunk", audio_base_64, commit: false, sample_rate: 16_000 },
        { message_type: "input_audio_chunk", audio_base_64, commit: true, sample_rate: 16_000 },
        { message_type: "commit" },
      ],
      4,
    );
    expect(messages).toMatchObject([
      { message_type: "session_started", config: { model_id: "scribe_v2_realtime" } },
      { message_type: "partial_transcript", text: "[0.5 s of audio]" },
      { message_type: "committed_transcript", text: "[1 s of audio]" },
      { message_type: "committed_transcript", text: "[0 s of audio]" },
    ]);
  });

  test.each(["not json", "[]", "{}", '{"message_type":"input_audio_chunk"}'])(
    "answers the message %s with an input_error and stays open",
    async (message) => {
      const simulator = await started();
      const { messages, code } = await converse(
        simulator,
        transcription(await mint(simulator)),
        [message],
        2,
      );
      expect([messages[1]?.["message_type"], code]).toEqual(["input_error", 1000]);
    },
  );

  test("speaks silence until the empty text ends it", async () => {
    const simulator = await started();
    const path = speech(await mint(simulator, "tts_websocket"));
    const { messages, code } = await converse(simulator, path, [
      { text: " " },
      { text: "Hello" },
      { text: "" },
    ]);
    expect(Buffer.from(String(messages[0]?.["audio"]), "base64")).toHaveLength(8_000);
    expect([messages.at(-1), code]).toEqual([{ audio: null, isFinal: true }, 1000]);
  });

  test("closes with code and reason whatever is wrong with the token", async () => {
    const clock = movableClock();
    const simulator = await started({ clock });
    const expired = await mint(simulator);
    clock.advance(tokenLifetimeMs);
    const used = await mint(simulator, "tts_websocket");
    await converse(simulator, speech(used), [{ text: "" }]);

    const refusals = await Promise.all(
      [
        transcription(""),
        "/v1/speech-to-text/realtime",
        transcription("sutkn_never"),
        transcription(expired),
        speech(used),
        speech(await mint(simulator)),
        transcription(await mint(simulator, "tts_websocket")),
      ].map((path) => converse(simulator, path)),
    );

    expect(refusals.map(({ code, reason }) => `${code} ${reason.split(":")[0]}`)).toEqual([
      "1008 token_missing",
      "1008 token_missing",
      "1008 token_unknown",
      "1008 token_expired",
      "1008 token_used",
      "1008 token_of_other_type",
      "1008 token_of_other_type",
    ]);
    expect(refusals[2]?.messages).toMatchObject([{ message_type: "auth_error" }]);
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
    await expect(converse(simulator, "/v1/elsewhere?token=x")).rejects.toThrow("404");
  });

  test("survives clients that leave, break the protocol or send too much", async () => {
    const simulator = await started();
    const token = await mint(simulator);
    const big = JSON.stringify({ text: "x".repeat(2 * 1024 * 1024) });
    const { code } = await converse(simulator, transcription(token), [big]);
    expect(code).toBe(1009);
    expect(await mint(simulator)).toMatch(/^sutkn_/);
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
    socket.write(
      `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
    );
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
