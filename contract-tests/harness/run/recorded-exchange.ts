import type { HttpRequest, HttpResponse, TransportFailure } from "../http/message.ts";

/** An exchange as it stands in a HAR file, whoever recorded it. */
export interface RecordedExchange {
  /** Where it stands, for messages: `traffic.har: /log/entries/3`. */
  readonly place: string;
  /** The absolute URL that was asked; `request.path` is its path and query. */
  readonly url: string;
  readonly request: HttpRequest;
  readonly response?: HttpResponse;
  readonly failure?: TransportFailure;
  /** The case that was sent, when our own recorder wrote the entry. */
  readonly caseId?: string;
  /** What the recording doesn't hold, so that it can't be judged: one sentence each. */
  readonly gaps: readonly string[];
  /** Why nothing of it can be judged: no body was kept, no answer came. Such an exchange never counts as passed. */
  readonly unusable?: string;
}
