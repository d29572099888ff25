import { parseDocument } from "yaml";
import { objectOr } from "../contract/json-object.ts";
import type { RecordedExchange, RecordingMaker } from "../run/recorded-exchange.ts";
import { targetKinds } from "../run/target.ts";
import { EXTENSION, type HarMaker } from "./har-entry.ts";
import { HarError } from "./har-error.ts";
import { headersTakenOut } from "./headers-taken-out.ts";
import { type Attachments, isObject, readHarEntry } from "./read-har-entry.ts";

export interface ParsedHar {
  readonly exchanges: readonly RecordedExchange[];
  /** Entries that aren't HTTP exchanges (data: and blob: URLs, WebSockets, browser extensions): how many of each. */
  readonly skipped: ReadonlyMap<string, number>;
  /** Names, in lower case, of headers that the recorder leaves out of every message. */
  readonly takenOut: ReadonlySet<string>;
  /** The run that made the file, when it was one of ours. */
  readonly maker?: RecordingMaker;
}

/**
 * Reads a HAR 1.2 file of any recorder: browsers, Playwright, mitmproxy, proxies, our own.
 *
 * @param text the file's text
 * @param file the file's name, for messages
 * @param attachments bodies kept in files of their own, by name
 * @throws {HarError} if it isn't a HAR file, naming line and column or the JSON pointer of the fault
 */
export function parseHar(text: string, file: string, attachments: Attachments = new Map()): ParsedHar {
  const har = parseJson(text.replace(/^\ufeff/, ""), file);
  const entries = entriesOf(har, file);
  const maker = makerOf(har);
  const exchanges: RecordedExchange[] = [];
  const skipped = new Map<string, number>();
  for (const [index, entry] of entries.entries()) {
    const result = readHarEntry(entry, `${file}: /log/entries/${index}`, attachments, maker?.address);
    if ("skipped" in result) skipped.set(result.skipped, (skipped.get(result.skipped) ?? 0) + 1);
    else exchanges.push(result);
  }
  const takenOut = headersTakenOut(objectOr(har)["log"], exchanges);
  return {
    exchanges: takenOut.size === 0 ? exchanges : exchanges.map((one) => withoutThem(one, takenOut)),
    skipped,
    takenOut,
    ...(maker ? { maker } : {}),
  };
}

function withoutThem(exchange: RecordedExchange, lacks: ReadonlySet<string>): RecordedExchange {
  return exchange.response ? { ...exchange, response: { ...exchange.response, lacks } } : exchange;
}

function makerOf(har: unknown): HarMaker | undefined {
  const log = isObject(har) ? har["log"] : undefined;
  const { contract, target, address } = objectOr(isObject(log) ? log[EXTENSION] : undefined);
  if (typeof contract !== "string" || typeof address !== "string") return undefined;
  const kind = targetKinds.find((known) => known === target);
  return kind && { contract, address, target: kind };
}

/** The list of entries, unread. */
export function entriesOf(har: unknown, file: string): readonly unknown[] {
  const log = isObject(har) ? har["log"] : undefined;
  const entries = isObject(log) ? log["entries"] : undefined;
  if (Array.isArray(entries)) return entries;
  throw new HarError(
    `${file} isn't a HAR file: ${isObject(log) ? "/log/entries is not a list" : "there is no /log"}; export the traffic as HAR 1.2`,
  );
}

export function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const before = text.slice(0, faultPosition(text, error)).split("\n");
    const place = `${file}:${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
    const what = text.trim() === "" ? "the file is empty" : "this is not JSON";
    throw new HarError(`${place}: ${what}; a HAR file is JSON, export the traffic again`);
  }
}

/** V8 tells the position of some faults only; for texts of moderate size a parser that tells all of them is asked. */
function faultPosition(text: string, error: unknown): number {
  const told = /at position (\d+)/.exec(error instanceof Error ? error.message : "")?.[1];
  if (told !== undefined) return Number(told);
  if (text.length > 1_000_000) return text.length;
  return parseDocument(text, { prettyErrors: false }).errors[0]?.pos[0] ?? text.length;
}
