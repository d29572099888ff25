import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { WebSocket } from "ws";
import { ElevenLabsClient, type SingleUseTokenType } from "../../src/index.ts";
import { startSimulator } from "../../src/simulator/start-simulator.ts";
import { toolCache } from "../check-package/tool-cache.ts";

/** Exact; installed for this check alone. */
const library = "@elevenlabs/client@1.25.0";

/** The part of the library's connection that this check uses. */
interface Connection {
  on(event: string, listener: () => void): void;
  send(chunk: { audioBase64: string }): void;
  commit(): void;
  close(): void;
}

interface Scribe {
  connect(options: object): Connection;
}

const events = [
  "session_started",
  "partial_transcript",
  "committed_transcript",
  "committed_transcript_with_timestamps",
  "commit_throttled",
  "auth_error",
  "error",
];
const audio = (seconds: number, level = 0x55): string =>
  Buffer.alloc(seconds * 32_000, level).toString("base64");
const refused = ["auth_error", "error"];

/** The provider's browser library, in Node, against the simulator: each scene gives the events that it documents. */
export async function checkBrowserLibrary(
  root: string,
  say: (isPassed: boolean, line: string) => void,
): Promise<void> {
  const folder = await toolCache(root, [library]);
  // The library's entry asks for a browser; its transcription alone asks for a WebSocket.
  const path = join(folder, "node_modules/@elevenlabs/client/dist/scribe/scribe.js");
  const { ScribeRealtime }: { ScribeRealtime: Scribe } = await import(path);
  Object.assign(globalThis, { WebSocket });
  const simulator = await startSimulator();
  const client = new ElevenLabsClient({ apiKey: "key", baseUrl: simulator.address });
  const mint = async (type: SingleUseTokenType): Promise<string> =>
    (await client.tokens.singleUse.create(type)).token;

  async function scene(
    name: string,
    token: string,
    options: object,
    act: (connection: Connection) => void,
    expected: readonly string[],
  ): Promise<void> {
    const seen: string[] = [];
    const connection = ScribeRealtime.connect({
      token,
      modelId: "scribe_v2_realtime",
      baseUri: simulator.webSocketAddress,
      audioFormat: "pcm_16000",
      sampleRate: 16_000,
      ...options,
    });
    for (const event of events) connection.on(event, () => seen.push(event));
    connection.on("session_started", () => act(connection));
    await sleep(1_000);
    connection.close();
    say(isDeepStrictEqual(seen, expected), `${name}: ${seen.join(", ")}`);
  }

  try {
    const token = await mint("realtime_scribe");
    const spoken = ["session_started", "partial_transcript", "committed_transcript", "partial_transcript"];
    const speak = (connection: Connection): void => {
      connection.send({ audioBase64: audio(1) });
      connection.commit();
    };
    await scene("a fresh token", token, {}, speak, spoken);
    await scene("a used token", token, {}, speak, refused);
    await scene("a token of another type", await mint("tts_websocket"), {}, speak, refused);
    await scene(
      "a pause, with timestamps",
      await mint("realtime_scribe"),
      { commitStrategy: "vad", includeTimestamps: true },
      (connection) => {
        connection.send({ audioBase64: audio(1) });
        connection.send({ audioBase64: audio(2, 0) });
      },
      [...spoken.slice(0, 3), "committed_transcript_with_timestamps", "partial_transcript"],
    );
    await scene(
      "a commit of nothing",
      await mint("realtime_scribe"),
      {},
      (connection) => connection.commit(),
      ["session_started", "commit_throttled", "error"],
    );
  } finally {
    await simulator.close();
  }
}
