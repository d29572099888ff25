import { parseArgs } from "node:util";
import { configArguments } from "./config-file.ts";
import { nearestName } from "./nearest-name.ts";
import type { Setting } from "./setting.ts";
import { type GivenSettings, settings } from "./settings.ts";
import { UsageError } from "./usage-error.ts";

export interface CommandArguments {
  readonly settings: GivenSettings;
  /** JSON reports to merge, with `--merge`. */
  readonly files: readonly string[];
}

const rows: readonly (readonly [name: string, row: Setting<string, unknown>])[] = Object.entries(settings);

/**
 * Reads the arguments behind the command's name.
 *
 * @throws {UsageError} when one is unknown, has no meaning or contradicts another
 */
export function parseArguments(args: readonly string[]): CommandArguments {
  const config = split(args).values["config"];
  const all = typeof config === "string" ? [...configArguments(config), ...args] : args;
  const { values, positionals } = split(all);
  const given: Record<string, unknown> = {};
  for (const [name, { key, read }] of rows) {
    const value = values[name];
    if (value === undefined) continue;
    const one = (text: unknown) => read(String(text), `--${name}`);
    given[key] = Array.isArray(value) ? value.map(one) : one(value);
  }
  const own = given as GivenSettings; // each key holds what its own row has read
  assertTogether(own, positionals);
  return { settings: own, files: positionals };
}

function split(args: readonly string[]) {
  const names = rows.map(([name]) => name);
  for (const arg of args) {
    if (arg === "--") break;
    const name = /^--([^=]+)/.exec(arg)?.[1] ?? (/^-[^-\d]/.test(arg) ? arg.slice(1) : undefined);
    if (name === undefined || names.includes(name)) continue;
    const near = nearestName(name, names);
    throw new UsageError(
      `There is no option ${arg.split("=")[0]}${near === undefined ? "" : `: did you mean --${near}?`} (--help shows all.)`,
    );
  }
  const options = Object.fromEntries(
    rows.map(([name, { value, repeatable = false }]) => [
      name,
      { type: value === undefined ? ("boolean" as const) : ("string" as const), multiple: repeatable },
    ]),
  );
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    const message = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
    throw new UsageError(`${message.replace(/\.$/, "")}. (--help shows every option.)`);
  }
}

function assertTogether(given: GivenSettings, files: readonly string[]): void {
  if (given.target !== undefined && given.har !== undefined)
    throw new UsageError("--target and --har are two ways to get answers: give one of them.");
  if (given.updateBaseline && given.baseline === undefined)
    throw new UsageError("--update-baseline needs --baseline FILE: the file to write.");
  if (given.merge && files.length === 0)
    throw new UsageError("--merge needs the JSON reports of the shards as arguments: --merge 1.json 2.json.");
  if (!given.merge && files.length > 0)
    throw new UsageError(
      `The argument "${files[0]}" means nothing here: options begin with -- (see --help).`,
    );
}
