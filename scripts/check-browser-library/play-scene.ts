import type { Scene } from "./scenes.ts";

/** The part of a library's connection that the scenes use. */
interface Connection {
  on(event: string, listener: (data?: { readonly text?: string; readonly error?: string }) => void): void;
  send(chunk: { audioBase64: string }): void;
  commit(): void;
  close(): void;
}

/** `Scribe` of the browser library, or `speechToText.realtime` of the official SDK. */
export interface Scribe {
  connect(options: object): Connection | Promise<Connection>;
}

/**
 * Plays one scene and writes down the events, until as many came as are expected and for a moment no more. Runs in
 * Node and, as text, in a page: it uses nothing but its parameters.
 */
export async function playScene(
  scribe: Scribe,
  { options, acts, expected }: Pick<Scene, "options" | "acts" | "expected">,
  address: Readonly<Record<string, string>>,
): Promise<string[]> {
  const events = [
    ...[
      "open",
      "session_started",
      "partial_transcript",
      "final_transcript",
      "final_transcript_with_timestamps",
    ],
    ...["committed_transcript", "committed_transcript_with_timestamps", "committed_transcript_entities"],
    ...["error", "auth_error", "quota_exceeded", "commit_throttled", "transcriber_error", "rate_limited"],
    // The official SDK has kept its first name of this one.
    ...["unaccepted_terms", "unaccepted_terms_error", "input_error", "invalid_request", "queue_overflow"],
    ...["resource_exhausted", "session_time_limit_exceeded", "chunk_size_exceeded"],
    ...["insufficient_audio_activity", "close"],
  ];
  const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  const seen: string[] = [];
  const connection = await scribe.connect({ ...options, ...address });
  for (const event of events)
    connection.on(event, (data) => {
      const words = data?.text ?? data?.error;
      seen.push(
        words === undefined
          ? event.replace("terms_error", "terms")
          : `${event.replace("terms_error", "terms")}: ${words}`,
      );
      if (event !== "session_started") return;
      for (const act of acts) {
        if ("audio" in act) connection.send({ audioBase64: act.audio });
        else connection.commit();
      }
    });
  for (let waits = 0; waits < 250 && seen.length < expected.length; waits += 1) await pause(20);
  await pause(150);
  const result = [...seen];
  connection.close();
  return result;
}
