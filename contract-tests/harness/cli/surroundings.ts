import type { OutputStream } from "../reports/console-output.ts";

/** What a command runs in. */
export interface Surroundings {
  readonly stdout: OutputStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Ends the run with what is known by then. */
  readonly signal?: AbortSignal;
}
