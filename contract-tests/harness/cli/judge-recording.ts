import type { Contract } from "../contract/contract.ts";
import { readHar } from "../recordings/read-har.ts";
import type { RunEvent } from "../run/events.ts";
import { type RecordedRunOptions, runRecorded } from "../run/run-recorded.ts";
import type { FinishedRun } from "./session-stream.ts";

/** Judges the traffic in a HAR file; nothing is sent. */
export async function judgeRecording(
  contract: Contract,
  file: string,
  options: Omit<RecordedRunOptions, "contract" | "file" | "exchanges" | "skipped">,
  tell: (event: RunEvent) => void,
): Promise<FinishedRun> {
  const { exchanges, skipped } = await readHar(file);
  for await (const event of runRecorded({ ...options, contract, file, exchanges, skipped })) {
    if (event.type === "run-finished") return { header: event.header, summary: event.summary };
    tell(event);
  }
  throw new Error("the recording was judged without a result");
}
