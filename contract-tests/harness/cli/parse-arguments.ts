import { parseArgs } from "node:util";
import { nearestName } from "../http/nearest-name.ts";
import { withHeaders } from "../run/operation-entry.ts";
import { type CommandName, commandNames, commandOf } from "./command-name.ts";
import { type ConfigFile, foundConfigFile, readConfigFile } from "./config-file.ts";
import type { Setting } from "./setting.ts";
import { type GivenSettings, settings } from "./settings.ts";
import { UsageError } from "./usage-error.ts";

export interface CommandArguments {
  readonly command: CommandName;
  /** Those of the command line and the configuration file combined. */
  readonly settings: GivenSettings;
  /** The configuration file's own, where there is one. */
  readonly config?: ConfigFile & { readonly file: string; readonly settings: GivenSettings };
  /** The command line's own. */
  readonly own: GivenSettings;
  /** JSON reports to merge, with `--merge`; a report and findings, with `replay`; a program's words, with `client`; two documents, with `between`. */
  readonly files: readonly string[];
}

type Env = Readonly<Record<string, string | undefined>>;

const rows: readonly (readonly [name: string, row: Setting<string, unknown>])[] = Object.entries(settings);

/**
 * Reads the arguments after the command's name, and the configuration file.
 *
 * @throws {UsageError} if one is unknown, has no meaning or contradicts another
 */
export function parseArguments(args: readonly string[], env: Env = process.env): CommandArguments {
  const [command, rest] = commandOf(args);
  const end = command === "client" ? rest.indexOf("--") : -1;
  const { values, positionals } = split(end < 0 ? rest : rest.slice(0, end), command);
  const files = end < 0 ? positionals : rest.slice(end + 1);
  if (command === "client" && positionals.length > 0)
    throw new UsageError(
      `Unexpected argument "${positionals[0]}": put the program and its arguments after --.`,
    );
  const own = settingsFrom(
    new Map(Object.entries(values).map(([name, value]) => [name, [value].flat().map(String)] as const)),
    "",
  );
  assertFiles(own, files, command);
  assertTogether(own);
  const file = own.help || own.version || own.merge ? own.config : (own.config ?? foundConfigFile());
  if (file === undefined) {
    assertBaseline(own);
    return { command, settings: own, own, files };
  }
  const config = readConfigFile(file, env);
  const taken = [...config.texts].filter(([name]) => isTakenBy(name, command));
  const fromFile = settingsFrom(new Map(taken), file);
  const together = merged(fromFile, own);
  assertTogether(together);
  assertBaseline(together);
  return { command, settings: together, config: { ...config, file, settings: fromFile }, own, files };
}

/**
 * The values that settings read from their texts; unknown names are ignored.
 *
 * @param written the prefix of messages: which file they are about
 */
export function settingsFrom(texts: ReadonlyMap<string, readonly string[]>, written: string): GivenSettings {
  const given: Record<string, unknown> = {};
  for (const [name, { key, read, repeatable }] of rows) {
    const all = texts.get(name) ?? [];
    if (all.length === 0) continue;
    try {
      const values = all.map((text) => read(text, `--${name}`));
      given[key] = repeatable ? values : values.at(-1);
    } catch (error) {
      throw error instanceof UsageError && written !== ""
        ? new UsageError(`${written}: ${error.message}`)
        : error;
    }
  }
  return given as GivenSettings; // each key holds what its own row has read
}

/** A single value comes from the command line if given there; lists are combined. */
function merged(fromFile: GivenSettings, own: GivenSettings): GivenSettings {
  const together: Record<string, unknown> = { ...fromFile, ...own };
  for (const [, { key, repeatable }] of rows) {
    const [first, second] = [fromFile, own].map((given) =>
      new Map<string, unknown>(Object.entries(given)).get(key),
    );
    if (repeatable && Array.isArray(first) && Array.isArray(second)) together[key] = [...first, ...second];
  }
  if (fromFile.headers && own.headers) together["headers"] = withHeaders(fromFile.headers, own.headers);
  if (own.har !== undefined) delete together["target"];
  if (own.target !== undefined) delete together["har"];
  return together as GivenSettings; // of equal keys and values
}

/** Whether a setting means anything to a command. */
export function isTakenBy(name: string, command: CommandName): boolean {
  const row = rows.find(([known]) => known === name)?.[1];
  return (row?.takenBy ?? ["run"]).includes(command);
}

function split(args: readonly string[], command: CommandName) {
  const taken = rows.filter(([name]) => isTakenBy(name, command));
  const names = taken.map(([name]) => name);
  for (const arg of args) {
    if (arg === "--") break;
    const name = /^--([^=]+)/.exec(arg)?.[1] ?? (/^-[^-\d]/.test(arg) ? arg.slice(1) : undefined);
    if (name === undefined || names.includes(name) || taken.some(([, { short }]) => arg === `-${short}`))
      continue;
    if (rows.some(([known]) => known === name))
      throw new UsageError(
        command === "run"
          ? `--${name} belongs to another command (--help lists the commands).`
          : `${command} doesn't take --${name} (see ${command} --help).`,
      );
    const near = nearestName(name, names);
    throw new UsageError(
      `There is no option ${arg.startsWith("--") ? arg.split("=")[0] : arg.slice(0, 2)}${near === undefined ? "" : `: did you mean --${near}?`} (See --help.)`,
    );
  }
  const options = Object.fromEntries(
    taken.map(([name, { value, short, repeatable = false }]) => [
      name,
      {
        type: value === undefined ? ("boolean" as const) : ("string" as const),
        multiple: repeatable,
        ...(short === undefined ? {} : { short }),
      },
    ]),
  );
  try {
    return parseArgs({ args: withBareValues(args), options, allowPositionals: true, strict: true });
  } catch (error) {
    const message = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
    throw new UsageError(`${message.replace(/\.$/, "")}. (See --help.)`);
  }
}

/**
 * `--sensitivity` alone is `--sensitivity=200`: a value of its own is a number, or a word without dashes. A negative number
 * is a value, of which its setting says what is wrong with it.
 */
function withBareValues(args: readonly string[]): string[] {
  const end = args.indexOf("--");
  return args.flatMap((arg, index) => {
    if (end >= 0 && index > end) return arg;
    const row = (given: string | undefined) => rows.find(([name]) => given === `--${name}`)?.[1];
    const isNegative = (given: string | undefined) => /^-\d/.test(given ?? "");
    if (isNegative(arg) && row(args[index - 1])?.value !== undefined) return [];
    const next = args[index + 1];
    if (isNegative(next) && row(arg)?.value !== undefined) return `${arg}=${next}`;
    const bare = row(arg)?.bare;
    return bare !== undefined && (next === undefined || next.startsWith("-")) ? `${arg}=${bare}` : arg;
  });
}

function assertTogether(given: GivenSettings): void {
  const isMeasured = given.sensitivity !== undefined || given.minSensitivity !== undefined;
  if (isMeasured && given.har !== undefined)
    throw new UsageError("--sensitivity needs a run that sends requests: omit it, or --har.");
  if (given.target !== undefined && given.har !== undefined)
    throw new UsageError("--target and --har can't be combined: give one of them.");
}

function assertBaseline(given: GivenSettings): void {
  if (given.reason !== undefined && !given.updateBaseline)
    throw new UsageError("--reason is for --update-baseline, which isn't given: add it, or omit --reason.");
  if (given.updateBaseline && given.baseline === undefined)
    throw new UsageError("--update-baseline needs --baseline FILE, the file to write.");
}

function assertFiles(given: GivenSettings, files: readonly string[], command: CommandName): void {
  if (given.help || given.version || command === "client") return;
  if (command === "replay") {
    if (files.length > 0) return;
    throw new UsageError("replay needs a JSON report, optionally followed by findings: replay report.json.");
  }
  if (command === "between") {
    if (files.length === 2) return;
    throw new UsageError(
      `between needs two documents, the older first (between base.yaml revision.yaml --target URL), but ${files.length === 1 ? "one was" : `${files.length} were`} given.`,
    );
  }
  if (given.merge && given.sensitivity !== undefined)
    throw new UsageError("--sensitivity is measured in the shards' runs: give it to those, not to --merge.");
  if (given.merge && files.length === 0)
    throw new UsageError("--merge needs the shards' JSON reports as arguments: --merge 1.json 2.json.");
  const [stray] = files;
  if (!given.merge && stray !== undefined)
    throw new UsageError(`Unexpected argument "${stray}": ${wayOut(stray)} (See --help.)`);
}

/** What an argument that belongs to no option was probably meant to be. */
function wayOut(stray: string): string {
  if (/^https?:\/\//i.test(stray)) return `give the server's address with --target ${stray}.`;
  if (/\.(ya?ml|json)$/i.test(stray)) return `give the contract with --spec ${stray}.`;
  const near = nearestName(stray, commandNames);
  return near === undefined ? "options begin with --." : `did you mean the command ${near}?`;
}
