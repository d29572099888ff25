import type { Case } from "../cases/case.ts";
import type { Complaint } from "../checks/check.ts";
import type { HttpRequest, HttpResponse, TransportFailure } from "../http/message.ts";
import type { TargetKind } from "./target.ts";

/** An exchange from a HAR file, whoever recorded it. */
export interface RecordedExchange {
  /** Its place, for messages: `traffic.har: /log/entries/3`. */
  readonly place: string;
  /** The absolute URL of the request; `request.path` is its path and query. */
  readonly url: string;
  readonly request: HttpRequest;
  readonly response?: HttpResponse;
  readonly failure?: TransportFailure;
  /** The case that was sent, if our own recorder wrote the entry. */
  readonly caseId?: string;
  /** What that case expected, by the contract of the recording. */
  readonly due?: RecordedDue;
  /** What was found in it before secrets were redacted. */
  readonly found?: readonly RecordedFinding[];
  /** What was reported of it by a run that knew its target's own faults. */
  readonly told?: readonly RecordedFinding[];
  /** What the recording lacks and therefore can't be judged: one sentence each. */
  readonly gaps: readonly string[];
  /** Why nothing of it can be judged: the body or the response is missing. Such an exchange never counts as passed. */
  readonly unusable?: string;
}

export type RecordedDue = Pick<Case, "operation" | "phase" | "expectation" | "deviation">;

export interface RecordedFinding extends Omit<Complaint, "steps"> {
  readonly check: string;
}

/** The run that a recording was made of. */
export interface RecordingMaker {
  /** Hash of the contract that was judged by. */
  readonly contract: string;
  readonly target: TargetKind;
}
