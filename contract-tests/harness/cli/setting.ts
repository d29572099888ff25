import { UsageError } from "./usage-error.ts";

/** One setting of the command: how it is written, what it does, and how its text becomes a value of the run's options. */
export interface Setting<Key extends string, Value> {
  /** Its name in the options: `maxCases` for `--max-cases`. */
  readonly key: Key;
  /** What stands for its value in the help: FILE, URL … Absent: a switch that takes none. */
  readonly value?: string;
  /** It may be given several times: its value is a list. */
  readonly repeatable?: boolean;
  readonly help: string;
  /**
   * The value that `text` means; `option` is its name for messages (`--max-cases`).
   *
   * @throws {UsageError} when it means none
   */
  readonly read: (text: string, option: string) => Value;
}

/** A setting with a value. */
export function setting<const Key extends string, Value>(row: Setting<Key, Value>): Setting<Key, Value> {
  return row;
}

/** A setting that may be given several times. */
export function list<const Key extends string, Value>(
  row: Omit<Setting<Key, Value>, "repeatable">,
): Setting<Key, Value> & { readonly repeatable: true } {
  return { ...row, repeatable: true };
}

/** A setting that is on when it is there. */
export function flag<const Key extends string>(key: Key, help: string): Setting<Key, true> {
  return { key, help, read: () => true };
}

export function text(given: string): string {
  return given;
}

export function wholeNumber(min: number): (given: string, option: string) => number {
  return (given, option) => {
    const value = Number(given);
    if (given.trim() !== "" && Number.isSafeInteger(value) && value >= min) return value;
    throw new UsageError(`${option} ${given} isn't a whole number from ${min} on.`);
  };
}

export function positiveNumber(given: string, option: string): number {
  const value = Number(given);
  if (given.trim() !== "" && Number.isFinite(value) && value >= 0.001) return value;
  throw new UsageError(`${option} ${given} isn't a number from 0.001 on.`);
}
