import type { Case } from "../cases/case.ts";
import type { HttpResponse, TransportFailure } from "../http/message.ts";

/** A case and the target's reaction to it. */
export interface Exchange {
  readonly case: Case;
  readonly response?: HttpResponse;
  readonly failure?: TransportFailure;
  /** It contained secrets that were redacted, so its original content is unknown. */
  readonly isRedacted?: true;
}

export type Severity = "error" | "warning";

/** A check's complaint about an exchange. */
export interface Finding {
  /**
   * The same fault has the same id on every target and in every run: made from check, operation, the place in the
   * contract and the kind of violation; never from values, times, seeds or addresses.
   */
  readonly id: string;
  readonly check: string;
  readonly severity: Severity;
  readonly operation: string;
  readonly caseId: string;
  /** One sentence: what is wrong. */
  readonly message: string;
  readonly expected: string;
  readonly actual: string;
  /** JSON pointer into the contract's document. */
  readonly pointer: string;
  /** The file of that place, if it is one that the contract refers to. */
  readonly file?: string;
  /** One-based line of that place in its file; 0 when unknown. */
  readonly line: number;
  /** A command that reproduces it, credentials replaced by `$API_KEY`-style variables. */
  readonly curl: string;
  readonly exchange: Exchange;
  /** What must be sent first to reproduce it, in order: the rest of a sequence, and what created the resources it names. */
  readonly steps?: readonly Exchange[];
  /** How many exchanges showed this same finding (the first one is kept as `exchange`). */
  readonly occurrences: number;
  /** Seen in some repeats of the same request and not in others. */
  readonly intermittent?: boolean;
  /** The baseline entry that makes this finding a known one. */
  readonly known?: { readonly reason: string; readonly expires: string };
}
