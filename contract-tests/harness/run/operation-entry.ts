import type { Contract, Operation } from "../contract/contract.ts";
import type { HeaderLine } from "../http/message.ts";
import { matchingOperations } from "./choose-operations.ts";

/** Settings for some of the operations. */
export interface OperationEntry {
  /** Filters as for `--only`: the entry is for the operations that any of them matches. */
  readonly match: readonly string[];
  /** How the entry is named in messages: `conformance.yaml: operations[0]`. */
  readonly written: string;
  /** Sent with these operations' requests, instead of the run's headers of the same names. */
  readonly headers?: readonly HeaderLine[];
  /** Statuses that a check accepts instead of its own, by check id. */
  readonly acceptedStatuses?: ReadonlyMap<string, ReadonlySet<number>>;
  /** Ids of the only checks that count here. */
  readonly onlyChecks?: readonly string[];
  /** Ids of checks that don't count here. */
  readonly skippedChecks?: readonly string[];
  /** Ids of checks whose findings are warnings here. */
  readonly warnedChecks?: readonly string[];
  /** See `RunOptions`, as are the ones below. */
  readonly maxCases?: number;
  readonly fuzzRuns?: number;
  readonly timeoutMs?: number;
  readonly maxResponseTimeMs?: number;
}

/** How a check's findings on an operation are treated. */
export type Treatment = "as it is" | "warning" | "off";

/** The merged entries of each operation: later ones override earlier ones. */
export class OperationEntries {
  readonly #merged = new Map<string, OperationEntry>();

  /** @throws {UserError} when a filter matches no operation */
  constructor(contract: Pick<Contract, "operations">, entries: readonly OperationEntry[] = []) {
    for (const entry of entries)
      for (const { id } of matchingOperations(contract.operations, entry.match, entry.written)) {
        const known = this.#merged.get(id);
        this.#merged.set(id, known ? merge(known, entry) : entry);
      }
  }

  of({ id }: Operation): Omit<OperationEntry, "match" | "written"> {
    return this.#merged.get(id) ?? {};
  }

  treatment(operation: Operation, check: string): Treatment {
    const { onlyChecks, skippedChecks, warnedChecks } = this.of(operation);
    if ((onlyChecks && !onlyChecks.includes(check)) || skippedChecks?.includes(check)) return "off";
    return warnedChecks?.includes(check) ? "warning" : "as it is";
  }
}

function merge(known: OperationEntry, entry: OperationEntry): OperationEntry {
  return {
    ...known,
    ...entry,
    headers: withHeaders(known.headers ?? [], entry.headers),
    acceptedStatuses: new Map([...(known.acceptedStatuses ?? []), ...(entry.acceptedStatuses ?? [])]),
    skippedChecks: [...(known.skippedChecks ?? []), ...(entry.skippedChecks ?? [])],
    warnedChecks: [...(known.warnedChecks ?? []), ...(entry.warnedChecks ?? [])],
  };
}

/** `lines` with `own` in place of those of the same names. */
export function withHeaders(
  lines: readonly HeaderLine[],
  own: readonly HeaderLine[] = [],
): readonly HeaderLine[] {
  const names = new Set(own.map(([name]) => name.toLowerCase()));
  return [...lines.filter(([name]) => !names.has(name.toLowerCase())), ...own];
}
