import { existsSync, readFileSync } from "node:fs";
import { dirname, isAbsolute, join } from "node:path";
import { parse } from "yaml";
import { isObject, type JsonObject } from "../contract/json-object.ts";
import { nearestName } from "../http/nearest-name.ts";
import { unreadableFile } from "../http/unreadable-file.ts";
import { configFileName } from "./config-file-name.ts";
import type { Setting } from "./setting.ts";
import { settings } from "./settings.ts";
import { UsageError } from "./usage-error.ts";
import { withVariables } from "./variables.ts";

/** A configuration file: the texts of settings by name, as on the command line, and what only a file can have. */
export interface ConfigFile {
  readonly texts: ReadonlyMap<string, readonly string[]>;
  readonly operations: readonly ConfigEntry[];
  /** Schemes whose credential is fetched. */
  readonly tokens: ReadonlyMap<string, JsonObject>;
}

/** Settings for the operations that a filter matches. */
export interface ConfigEntry {
  readonly match: readonly string[];
  readonly texts: ReadonlyMap<string, readonly string[]>;
  /** `conformance.yaml: operations[0]` */
  readonly written: string;
}

const rows = new Map<string, Setting<string, unknown>>(Object.entries(settings));

/** The configuration file that is used if none is named; undefined if it doesn't exist. */
export function foundConfigFile(): string | undefined {
  return existsSync(configFileName) ? configFileName : undefined;
}

/**
 * Reads a configuration file: a YAML or JSON object whose keys are the options' names without their dashes, a list for
 * one that may be repeated, an object for pairs, true for a switch; `${NAME}` stands for an environment variable. Paths
 * are relative to the configuration file, wherever the command runs.
 *
 * @throws {UsageError} if the file can't be read, isn't such an object, or contains something without meaning
 */
export function readConfigFile(file: string, env: Readonly<Record<string, string | undefined>>): ConfigFile {
  const { operations, auth, $schema: _, ...rest } = withVariables(read(file), env, file);
  const tokens = new Map<string, JsonObject>();
  const plain: Record<string, unknown> = {};
  if (isObject(auth))
    for (const [name, value] of Object.entries(auth))
      if (isObject(value)) tokens.set(name, value);
      else plain[name] = value;
  const own = auth === undefined ? {} : { auth: isObject(auth) ? plain : auth };
  const texts = textsOf({ ...rest, ...own }, file, (row) => row.commandOnly !== true, ["operations"]);
  return {
    texts: new Map(
      [...texts].map(([name, all]) => [
        name,
        rows.get(name)?.isFile ? all.map((path) => besides(file, path)) : all,
      ]),
    ),
    operations: entriesOf(operations, file),
    tokens,
  };
}

/** The file that `path` names, relative to the configuration file; a URL stays unchanged. */
function besides(file: string, path: string): string {
  return path === "" || isAbsolute(path) || /^https?:\/\//i.test(path) ? path : join(dirname(file), path);
}

function entriesOf(operations: unknown, file: string): readonly ConfigEntry[] {
  if (operations === undefined) return [];
  if (!Array.isArray(operations))
    throw new UsageError(
      `${file}: "operations" must be a list of entries, each with a "match" and settings.`,
    );
  return operations.map((entry: unknown, index): ConfigEntry => {
    const written = `${file}: operations[${index}]`;
    const { match, ...rest } = isObject(entry) ? entry : {};
    const filters = [match].flat();
    if (!filters.every((filter): filter is string => typeof filter === "string") || filters.length === 0)
      throw new UsageError(
        `${written} needs a "match": a filter such as "DELETE /admin/**", or a list of filters.`,
      );
    return {
      match: filters,
      written,
      texts: textsOf(rest, written, (row) => row.perOperation === true, ["match"]),
    };
  });
}

function textsOf(
  given: JsonObject,
  written: string,
  isAllowed: (row: Setting<string, unknown>) => boolean,
  others: readonly string[],
): ReadonlyMap<string, readonly string[]> {
  const names = [...[...rows].filter(([, row]) => isAllowed(row)).map(([name]) => name), ...others];
  return new Map(
    Object.entries(given).map(([name, value]) => {
      const row = rows.get(name);
      if (row && isAllowed(row)) return [name, textsFor(row, name, value, written)] as const;
      if (row)
        throw new UsageError(
          `${written}: "${name}" can't be set ${row.commandOnly ? "in a configuration file" : "for single operations"}: remove it.`,
        );
      const near = nearestName(name, names);
      throw new UsageError(
        `${written}: unknown key "${name}": ${near === undefined ? `use one of ${names.join(", ")}.` : `did you mean "${near}"?`}`,
      );
    }),
  );
}

function textsFor(
  row: Setting<string, unknown>,
  name: string,
  value: unknown,
  written: string,
): readonly string[] {
  if (isObject(value) && row.pair !== undefined)
    return Object.entries(value).map(([key, one]) => `${key}${row.pair}${pairedText(one)}`);
  const items = [value].flat();
  if (items.length > 1 && row.repeatable !== true)
    throw new UsageError(`${written}: "${name}" takes one value, not a list.`);
  return items.flatMap((one) => {
    if (typeof one === "boolean" && row.value === undefined) return one ? [""] : [];
    if (typeof one === "boolean" && row.bare !== undefined) return one ? [row.bare] : [];
    if (row.value !== undefined && (typeof one === "string" || typeof one === "number")) return [String(one)];
    const pairs = row.pair === undefined ? "" : ", or an object of names and values";
    throw new UsageError(
      row.value === undefined
        ? `${written}: "${name}" must be true or false.`
        : `${written}: "${name}" must be a string, a number or a list of those${pairs}.`,
    );
  });
}

function pairedText(value: unknown): string {
  if (Array.isArray(value) && value.every((one) => typeof one === "number")) return value.join(",");
  return typeof value === "string" ? value : JSON.stringify(value);
}

function read(file: string): JsonObject {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new UsageError(`--config ${file} can't be read (${unreadableFile(error)}): name an existing file.`);
  }
  let value: unknown;
  try {
    value = parse(text, { prettyErrors: false, logLevel: "error" });
  } catch (error) {
    const [reason = ""] = error instanceof Error ? error.message.split("\n") : [String(error)];
    throw new UsageError(`--config ${file} isn't valid YAML or JSON: ${reason}`);
  }
  if (!isObject(value))
    throw new UsageError(`--config ${file} must be an object of options, such as "spec: openapi.yaml".`);
  return value;
}
