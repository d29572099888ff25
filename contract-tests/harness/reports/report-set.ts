import { setTimeout as sleep } from "node:timers/promises";
import { messageOf } from "../http/message-of.ts";
import { UserError } from "../http/user-error.ts";
import type { RunEvent } from "../run/events.ts";
import { type Report, ReportError } from "./report.ts";

/** Milliseconds that a report has to be written once the run is over. */
const patienceMs = 30_000;

/** The reports of a run. One that fails is given up, and the others are written all the same. */
export class ReportSet {
  readonly #reports: readonly Report[];
  readonly #failed = new Map<Report, unknown>();

  constructor(reports: readonly Report[]) {
    this.#reports = reports;
  }

  on(event: RunEvent): void {
    for (const report of this.#reports) {
      if (this.#failed.has(report)) continue;
      try {
        report.on(event);
      } catch (error) {
        this.#failed.set(report, error);
      }
    }
  }

  /** @throws {ReportError} when one of them can't be written, after the others have been */
  async finish(): Promise<void> {
    for (const report of this.#reports) {
      if (this.#failed.has(report)) continue;
      const late = sleep(patienceMs, `it wasn't written within ${patienceMs / 1_000} s`, { ref: false });
      const problem = await Promise.race([ended(report), late]);
      if (problem !== undefined) this.#failed.set(report, problem);
    }
    const [first] = this.#failed.values();
    if (first === undefined) return;
    throw first instanceof UserError
      ? first
      : new ReportError(`a report couldn't be written: ${messageOf(first)}`);
  }
}

async function ended(report: Report): Promise<unknown> {
  try {
    await report.finish();
    return undefined;
  } catch (error) {
    return error ?? "no reason given";
  }
}
