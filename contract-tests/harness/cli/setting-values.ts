import type { CasePhase } from "../cases/case.ts";
import { checks } from "../checks/registry.ts";
import type { HeaderLine } from "../http/message.ts";
import { nearestName } from "../http/nearest-name.ts";
import { variationIds } from "../run/variations.ts";
import { UsageError } from "./usage-error.ts";

/** A URL; whatever is in braces is filled in later. */
export function readUrl(text: string, option: string): string {
  const filled = text.replace(/\{[^{}]+\}/g, "1");
  if (URL.canParse(filled) && /^https?:$/.test(new URL(filled).protocol)) return text;
  throw new UsageError(`${option} ${text} isn't a URL: give a full one, such as http://127.0.0.1:4010.`);
}

export function readHeader(text: string, option: string): HeaderLine {
  const match = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([\t\x20-\x7e\x80-\xff]*)$/.exec(text);
  if (!match)
    throw new UsageError(`${option} needs a name, a colon and a value: ${option} 'x-tenant: north'.`); // the value may be secret
  return [match[1] ?? "", (match[2] ?? "").trim()];
}

export function readPhases(text: string, option: string): readonly CasePhase[] {
  const known: readonly CasePhase[] = ["examples", "coverage", "fuzzing"];
  return text.split(",").map((part) => {
    const phase = known.find((name) => name === part.trim());
    if (!phase) throw new UsageError(`${option} ${part.trim()} is unknown: use ${known.join(", ")}.`);
    return phase;
  });
}

/** As `readNamedValue`; a variable that isn't set would be sent as an empty credential. */
export function readCredential(text: string, option: string): readonly [name: string, value: string] {
  const [name, value] = readNamedValue(text, option);
  if (value.trim() !== "") return [name, value];
  throw new UsageError(`${option} ${name} has no value: is the variable set that it comes from?`);
}

/** A name, "=", and whatever follows; the value is never shown, since it may be secret. */
export function readNamedValue(text: string, option: string): readonly [name: string, value: string] {
  const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (name !== undefined && value !== undefined) return [name.trim(), value];
  throw new UsageError(
    `${option} needs a name, "=" and a value: ${option} ${option === "--auth" ? "SCHEME=VALUE, by the name of a security scheme" : "item_id=42"}.`,
  );
}

export const checkIds: readonly string[] = checks.map(({ id }) => id);

export function readVariation(id: string, option: string): string {
  if (variationIds.includes(id)) return id;
  throw new UsageError(`${option} ${id} is unknown: use one of ${variationIds.join(", ")}.`);
}

export function readCheckId(id: string): string {
  const ids = checkIds;
  if (ids.includes(id)) return id;
  const near = nearestName(id, ids);
  throw new UsageError(
    `There is no check ${id}: ${near === undefined ? `use one of ${ids.join(", ")}.` : `did you mean ${near}?`}`,
  );
}

export function readAcceptedStatuses(text: string, option: string): readonly [string, ReadonlySet<number>] {
  const [check = "", list] = text.split("=", 2);
  if (list === undefined)
    throw new UsageError(
      `${option} ${text} names no check: write ${option} negative-data-rejection=400,422.`,
    );
  readCheckId(check);
  const statuses = list.split(",").map(Number);
  if (statuses.every((status) => Number.isInteger(status) && status >= 100 && status < 600))
    return [check, new Set(statuses)];
  throw new UsageError(`${option}, of ${check}: statuses are numbers from 100 to 599, such as 400,422.`);
}

export function readShard(text: string, option: string): { index: number; count: number } {
  const [index = 0, count = 0] = (/^(\d+)\/(\d+)$/.exec(text)?.slice(1) ?? []).map(Number);
  if (index >= 1 && index <= count) return { index, count };
  throw new UsageError(`${option} ${text} isn't a valid shard: write 1/2 for the first of two.`);
}
