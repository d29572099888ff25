import type { Contract } from "../contract/contract.ts";
import type { RunEvent } from "../engine/model.ts";
import { type RecordedRunOptions, runRecorded } from "../engine/run-recorded.ts";
import { readHar } from "../har/read-har.ts";
import type { FinishedRun } from "./judge-server.ts";

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
