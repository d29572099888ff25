import type { Exchange } from "../checks/finding.ts";
import type { SuccessCount } from "./events.ts";

interface Row {
  operation: string;
  tried: number;
  succeeded: number;
  instead: Record<string, number>;
}

/** Which operations were seen to succeed, and what the others answered instead. */
export class SuccessLedger {
  readonly #rows = new Map<string, Row>();

  get counts(): readonly SuccessCount[] {
    return [...this.#rows.values()];
  }

  of(operation: string): SuccessCount | undefined {
    return this.#rows.get(operation);
  }

  /** Requests that break the contract make a row without counting in it: their success would be none. */
  count({ case: { operation, expectation, phase }, response }: Exchange): void {
    if (expectation === "undocumented") return;
    const row = this.#rows.get(operation) ?? { operation, tried: 0, succeeded: 0, instead: {} };
    this.#rows.set(operation, row);
    if (expectation === "rejected" || expectation === "unsupported-method") return;
    const isDone = response !== undefined && response.status >= 200 && response.status < 400;
    // A request of our own of which it isn't known what is due, such as a read of what was deleted, may well be refused.
    if (expectation === "unknown" && phase !== "recorded" && !isDone) return;
    row.tried++;
    if (isDone) row.succeeded++;
    else {
      const status = response === undefined ? "none" : String(response.status);
      row.instead[status] = (row.instead[status] ?? 0) + 1;
    }
  }
}
