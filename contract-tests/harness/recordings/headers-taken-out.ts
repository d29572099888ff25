import { objectOr } from "../contract/json-object.ts";
import type { HeaderLine } from "../http/message.ts";
import type { RecordedExchange } from "../run/recorded-exchange.ts";

/** What the developer tools of Chromium's browsers call themselves in a HAR. */
const devTools = "WebInspector";

/** Their plain export ("sanitized", the default) has none of these; another menu entry exports everything. */
const sensitive: ReadonlySet<string> = new Set(["authorization", "cookie", "set-cookie"]);

/**
 * The lower-case names of headers that the recorder leaves out of every message: whether they were sent is unknown.
 * Empty if any of them occurs in the file, or if another recorder wrote it.
 */
export function headersTakenOut(log: unknown, exchanges: readonly RecordedExchange[]): ReadonlySet<string> {
  const { name } = objectOr(objectOr(log)["creator"]);
  if (name !== devTools) return new Set();
  const isThere = ([header]: HeaderLine) => sensitive.has(header.toLowerCase());
  return exchanges.some(({ request, response }) =>
    [...request.headers, ...(response?.headers ?? [])].some(isThere),
  )
    ? new Set()
    : sensitive;
}
