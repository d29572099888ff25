import type { JsonObject } from "../contract/json-object.ts";
import type { CommandName } from "./command-name.ts";
import { UsageError } from "./usage-error.ts";

/** One setting of the command: its syntax, its help, and how its text becomes a value of the run's options. */
export interface Setting<Key extends string, Value> {
  /** Its name in the options: `maxCases` for `--max-cases`. */
  readonly key: Key;
  /** Its letter: `h` for `-h`. */
  readonly short?: string;
  /** The placeholder for its value in the help: FILE, URL … Absent: a switch that takes none. */
  readonly value?: string;
  /** The value that it has if given without one: plain `--sensitivity`. */
  readonly bare?: string;
  /** It may be repeated: its value is a list. */
  readonly repeatable?: boolean;
  readonly help: string;
  /**
   * The value that `text` means; `option` is its name for messages (`--max-cases`).
   *
   * @throws {UsageError} if it isn't valid
   */
  readonly read: (text: string, option: string) => Value;
  /** Its type in a configuration file, as JSON Schema. Default: a string. */
  readonly json?: JsonObject;
  /** Its value names a file; in a configuration file, it is relative to that file. */
  readonly isFile?: boolean;
  /** The separator between name and value, if a configuration file may have an object of them. */
  readonly pair?: "=" | ": ";
  /** It may be used in an entry of `operations` in a configuration file. */
  readonly perOperation?: boolean;
  /** The commands that take it. Default: `run` alone. */
  readonly takenBy?: readonly CommandName[];
  /** It has no meaning in a configuration file. */
  readonly commandOnly?: boolean;
}

/** A setting with a value. */
export function setting<const Key extends string, Value>(row: Setting<Key, Value>): Setting<Key, Value> {
  return row;
}

/** A setting that may be repeated. */
export function list<const Key extends string, Value>(
  row: Omit<Setting<Key, Value>, "repeatable">,
): Setting<Key, Value> & { readonly repeatable: true } {
  return { ...row, repeatable: true };
}

/** A setting that is on if it is given. */
export function flag<const Key extends string>(
  key: Key,
  help: string,
  more: Pick<Setting<Key, true>, "commandOnly" | "takenBy" | "short"> = {},
): Setting<Key, true> {
  return { key, help, read: () => true, json: { type: "boolean" }, ...more };
}

export function text(given: string): string {
  return given;
}

/** The `read` and `json` of a whole number of at least `minimum`. */
export function wholeNumber(minimum: number) {
  return {
    json: { type: "integer", minimum },
    read: (given: string, option: string): number => {
      const value = Number(given);
      if (given.trim() !== "" && Number.isSafeInteger(value) && value >= minimum) return value;
      throw new UsageError(`${option} ${given} isn't a whole number of at least ${minimum}.`);
    },
  } as const;
}

/** The `read` and `json` of a number of at least 0.001, times `factor`. */
export function positiveNumber(factor = 1) {
  return {
    json: { type: "number", minimum: 0.001 },
    read: (given: string, option: string): number => {
      const value = Number(given);
      if (given.trim() !== "" && Number.isFinite(value) && value >= 0.001) return value * factor;
      throw new UsageError(`${option} ${given} isn't a number of at least 0.001.`);
    },
  } as const;
}

/** The `read` and `json` of a percentage. */
export const percentage = {
  json: { type: "number", minimum: 0, maximum: 100 },
  read: (given: string, option: string): number => {
    const value = Number(given);
    if (given.trim() !== "" && value >= 0 && value <= 100) return value;
    throw new UsageError(
      `${option} ${given} isn't a number from 0 to 100: write ${option} 80 for 80 percent.`,
    );
  },
} as const;

/** The `read` and `json` of a count from 1 on, or of all: Infinity. */
export const countOrAll = {
  json: { anyOf: [{ type: "integer", minimum: 1 }, { type: "boolean" }, { const: "all" }] },
  read: (given: string, option: string): number => {
    const value = given === "all" ? Number.POSITIVE_INFINITY : Number(given);
    if (value === Number.POSITIVE_INFINITY || (Number.isSafeInteger(value) && value >= 1)) return value;
    throw new UsageError(`${option} ${given} is neither a whole number of at least 1 nor "all".`);
  },
} as const;
