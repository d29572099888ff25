import { UserError } from "../http/user-error.ts";
import type { RunEvent, RunHeader, RunSummary } from "../run/events.ts";

/** Something that tells people or machines of a run, fed with its (redacted) events one by one. */
export interface Report {
  on(event: RunEvent): void;
  /**
   * Called once after the last event, also when the run broke off; resolves when everything is written.
   *
   * @throws {ReportError} when it can't be written
   */
  finish(): Promise<void>;
}

/** The last look at a whole text before it is written: takes out the secrets that are known. */
export type Hide = (text: string) => string;

/** For reports whose text somebody else looks at. */
export const asItIs: Hide = (text) => text;

/** What a report file is made from: the run as a whole, after its end. */
export interface FinishedRun {
  readonly header: RunHeader;
  readonly summary: RunSummary;
  /** The text of the contract file, for excerpts; absent when it can't be read. */
  readonly contractText?: string;
}

/** A report that can't be read, merged or written: one sentence with the file, the fault and the way out. */
export class ReportError extends UserError {
  override readonly name = "ReportError";
}
