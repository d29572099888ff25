import { UserError } from "../http/user-error.ts";
import type { RunEvent, RunHeader, RunSummary } from "../run/events.ts";

/** Reports a run to people or machines; it receives the (redacted) events one by one. */
export interface Report {
  on(event: RunEvent): void;
  /**
   * Called once after the last event, even if the run failed; resolves when everything is written.
   *
   * @throws {ReportError} when it can't be written
   */
  finish(): Promise<void>;
}

/** The last pass over a whole text before it is written: redacts all known secrets. */
export type Hide = (text: string) => string;

/** For reports whose text somebody else looks at. */
export const asItIs: Hide = (text) => text;

/** What a report file is made from: the run as a whole, after its end. */
export interface FinishedRun {
  readonly header: RunHeader;
  readonly summary: RunSummary;
  /** The text of the contract file, for excerpts; absent when it can't be read. */
  readonly contractText?: string;
  /** An earlier run to compare with: that of the base branch. */
  readonly before?: FinishedRun;
}

/** A report that can't be read, merged or written: one sentence with the file, the problem and the fix. */
export class ReportError extends UserError {
  override readonly name = "ReportError";
}
