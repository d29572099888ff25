import { UserError } from "../http/user-error.ts";

/** A finding that is known and accepted for a time. */
export interface BaselineEntry {
  /** The finding's id, as every report shows it. */
  readonly id: string;
  readonly reason: string;
  /** The last day (UTC) on which the finding counts as known: YYYY-MM-DD. */
  readonly expires: string;
  readonly operation?: string;
  readonly check?: string;
  /** That it is absent from one run is no reason to remove the entry. */
  readonly intermittent?: boolean;
}

/** A baseline that can't be used: one sentence with the place and the fix. */
export class BaselineError extends UserError {
  override readonly name = "BaselineError";
}

/** Today in UTC as YYYY-MM-DD: dates of this form compare as texts. */
export function utcDay(time: Date): string {
  return time.toISOString().slice(0, 10);
}
