import { parseArgs } from "node:util";
import type { CasePhase } from "../cases/case.ts";
import { checks } from "../checks/registry.ts";
import type { HeaderLine } from "../http/message.ts";
import { nearestName } from "./nearest-name.ts";
import { optionTable } from "./option-table.ts";
import { UsageError } from "./usage-error.ts";

/** The command line, read and checked. Absent means not given. */
export interface CommandOptions {
  readonly help: boolean;
  readonly target?: string;
  readonly spec?: string;
  readonly har?: string;
  readonly headers: readonly HeaderLine[];
  readonly seed?: number;
  readonly phases?: readonly CasePhase[];
  /** Ids of the checks to run, when not all. */
  readonly checks?: readonly string[];
  readonly acceptedStatuses: readonly (readonly [check: string, statuses: readonly number[]])[];
  readonly allowWrites: boolean;
  readonly maxRequests?: number;
  readonly maxCases?: number;
  readonly fuzzRuns?: number;
  readonly rate?: number;
  readonly timeoutMs?: number;
  readonly maxResponseTimeMs?: number;
  readonly shard?: { readonly index: number; readonly count: number };
  /** Files to merge. */
  readonly merge?: readonly string[];
  readonly baseline?: string;
  readonly updateBaseline: boolean;
  readonly reason?: string;
  readonly reports: readonly string[];
  readonly record?: string;
}

/** Reads the arguments behind the script's name. Throws `UsageError`. */
export function parseOptions(args: readonly string[]): CommandOptions {
  const { values, positionals } = read(args);
  const phases = values.phases === undefined ? undefined : readPhases(values.phases);
  const checkIds = readChecks(values.check, values["skip-check"]);
  const shard = values.shard === undefined ? undefined : readShard(values.shard);
  if (values.target !== undefined && values.har !== undefined)
    throw new UsageError("--target and --har are two ways to get answers: give one of them.");
  if (values["update-baseline"] && values.baseline === undefined)
    throw new UsageError("--update-baseline needs --baseline FILE: the file to write.");
  if (values.merge && positionals.length === 0)
    throw new UsageError("--merge needs the JSON reports of the shards as arguments: --merge 1.json 2.json.");
  if (!values.merge && positionals.length > 0)
    throw new UsageError(
      `The argument "${positionals[0]}" means nothing here: options begin with -- (see --help).`,
    );
  return {
    help: values.help ?? false,
    ...given("target", values.target === undefined ? undefined : readUrl(values.target)),
    ...given("spec", values.spec),
    ...given("har", values.har),
    headers: (values.header ?? []).map(readHeader),
    ...given("seed", readNumber("seed", values.seed, { min: 0, whole: true })),
    ...given("phases", phases),
    ...given("checks", checkIds),
    acceptedStatuses: (values["accept-status"] ?? []).map(readAccepted),
    allowWrites: values["allow-writes"] ?? false,
    ...given("maxRequests", readNumber("max-requests", values["max-requests"], { min: 1, whole: true })),
    ...given("maxCases", readNumber("max-cases", values["max-cases"], { min: 1, whole: true })),
    ...given("fuzzRuns", readNumber("fuzz-runs", values["fuzz-runs"], { min: 0, whole: true })),
    ...given("rate", readNumber("rate", values.rate, { min: 0.001, whole: false })),
    ...given("timeoutMs", readNumber("timeout", values.timeout, { min: 1, whole: true })),
    ...given(
      "maxResponseTimeMs",
      readNumber("max-response-time", values["max-response-time"], { min: 1, whole: true }),
    ),
    ...given("shard", shard),
    ...given("merge", values.merge ? positionals : undefined),
    ...given("baseline", values.baseline),
    updateBaseline: values["update-baseline"] ?? false,
    ...given("reason", values.reason),
    reports: values.report ?? [],
    ...given("record", values.record),
  };
}

function read(args: readonly string[]) {
  const names = Object.keys(optionTable);
  for (const arg of args) {
    if (arg === "--") break;
    const name = /^--([^=]+)/.exec(arg)?.[1] ?? (/^-[^-\d]/.test(arg) ? arg.slice(1) : undefined);
    if (name === undefined || names.includes(name)) continue;
    const near = nearestName(name, names);
    throw new UsageError(
      `There is no option ${arg.split("=")[0]}${near === undefined ? "" : `: did you mean --${near}?`} (--help shows all.)`,
    );
  }
  try {
    return parseArgs({ args: [...args], options: optionTable, allowPositionals: true, strict: true });
  } catch (error) {
    const message = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
    throw new UsageError(`${message.replace(/\.$/, "")}. (--help shows every option.)`);
  }
}

function given<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): { [Key in Name]: Value } | Record<never, never> {
  return value === undefined ? {} : { [name]: value };
}

function readUrl(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text;
  throw new UsageError(`--target ${text} isn't an address: write it whole, like http://127.0.0.1:4010.`);
}

function readHeader(text: string): HeaderLine {
  const match = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([\t\x20-\x7e\x80-\xff]*)$/.exec(text);
  if (!match) throw new UsageError("--header needs a name, a colon and a value: --header 'x-api-key: …'."); // the value may be secret
  return [match[1] ?? "", (match[2] ?? "").trim()];
}

function readNumber(
  name: string,
  text: string | undefined,
  { min, whole }: { min: number; whole: boolean },
): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() !== "" && Number.isFinite(value) && value >= min && (!whole || Number.isSafeInteger(value)))
    return value;
  throw new UsageError(`--${name} ${text} isn't a ${whole ? "whole " : ""}number from ${min} on.`);
}

function readPhases(text: string): CasePhase[] {
  const known: readonly CasePhase[] = ["examples", "coverage", "fuzzing"];
  return text.split(",").map((part) => {
    const phase = known.find((name) => name === part.trim());
    if (!phase) throw new UsageError(`--phases ${part.trim()} isn't known: there are ${known.join(", ")}.`);
    return phase;
  });
}

function readChecks(
  only: readonly string[] | undefined,
  skipped: readonly string[] | undefined,
): string[] | undefined {
  for (const id of [...(only ?? []), ...(skipped ?? [])]) assertCheck(id);
  if (!only && !skipped) return undefined;
  const ids = checks
    .map(({ id }) => id)
    .filter((id) => (only?.includes(id) ?? true) && !skipped?.includes(id));
  if (ids.length === 0) throw new UsageError("--check and --skip-check leave no check to run.");
  return ids;
}

function assertCheck(id: string): void {
  const ids = checks.map((check) => check.id);
  if (ids.includes(id)) return;
  const near = nearestName(id, ids);
  throw new UsageError(
    `There is no check ${id}${near === undefined ? `: there are ${ids.join(", ")}` : `: did you mean ${near}`}.`,
  );
}

function readAccepted(text: string): readonly [string, readonly number[]] {
  const [check = "", list = ""] = text.split("=", 2);
  assertCheck(check);
  const statuses = list.split(",").map(Number);
  if (statuses.every((status) => Number.isInteger(status) && status >= 100 && status < 600))
    return [check, statuses];
  throw new UsageError(`--accept-status ${text} needs statuses from 100 to 599: ${check}=400,422.`);
}

function readShard(text: string): { index: number; count: number } {
  const [index = 0, count = 0] = (/^(\d+)\/(\d+)$/.exec(text)?.slice(1) ?? []).map(Number);
  if (index >= 1 && index <= count) return { index, count };
  throw new UsageError(`--shard ${text} isn't a part of a whole: write 1/2 for the first of two.`);
}
