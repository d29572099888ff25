import type { Operation, Parameter } from "../contract/contract.ts";
import { isObject } from "../contract/json-object.ts";
import { plainName } from "./same-name.ts";

/** The query parameters by which a list is asked for in pages, as far as their names tell. */
export interface Paging {
  readonly limit?: Parameter;
  readonly offset?: Parameter;
  readonly page?: Parameter;
  readonly cursor?: Parameter;
}

const limits = new Set([
  "limit",
  "perpage",
  "pagesize",
  "maxresults",
  "maxitems",
  "count",
  "top",
  "first",
  "take",
  "size",
  "pagelimit",
]);
const offsets = new Set(["offset", "skip", "startindex", "from", "start"]);
const pages = new Set(["page", "pagenumber", "pageindex", "pageno"]);
const cursors = new Set([
  "cursor",
  "after",
  "pagetoken",
  "nexttoken",
  "continuationtoken",
  "startingafter",
  "startafter",
]);

export function pagingOf({ parameters }: Operation): Paging {
  const named = (names: ReadonlySet<string>) =>
    parameters.find(({ in: place, name }) => place === "query" && names.has(plainName(name)));
  const limit = named(limits);
  const offset = named(offsets);
  const page = named(pages);
  const cursor = named(cursors);
  return {
    ...(limit ? { limit } : {}),
    ...(offset ? { offset } : {}),
    ...(page ? { page } : {}),
    ...(cursor ? { cursor } : {}),
  };
}

/** The rows of a list's answer: the body itself, or its one list; undefined when there is none or no telling which. */
export function rowsOf(body: unknown): readonly unknown[] | undefined {
  if (Array.isArray(body)) return body;
  if (!isObject(body)) return undefined;
  const lists = Object.entries(body).filter(([, value]) => Array.isArray(value));
  const usual = lists.find(([name]) =>
    /^(items|data|results|rows|records|values|entries|content)$/i.test(name),
  );
  const [, rows] = usual ?? (lists.length === 1 ? (lists[0] ?? []) : []);
  if (Array.isArray(rows)) return rows;
  const inner = body["data"] ?? body["_embedded"];
  return isObject(inner) ? rowsOf(inner) : undefined;
}

/** How many there are on all pages, by the answer's own word: in its body or its X-Total-Count. */
export function totalOf(body: unknown, headers: readonly (readonly [string, string])[]): number | undefined {
  const header = headers.find(([name]) => /^x-total(-count)?$/i.test(name))?.[1];
  if (header !== undefined && /^\d+$/.test(header)) return Number(header);
  if (!isObject(body)) return undefined;
  for (const [name, value] of Object.entries(body)) {
    if (
      typeof value === "number" &&
      /^total(count|items|results|rows|elements|records)?$/.test(plainName(name))
    )
      return value;
  }
  const inner = ["meta", "pagination", "paging", "page", "_meta"].map((name) => body[name]).find(isObject);
  return inner ? totalOf(inner, []) : undefined;
}

/** What an answer says to send for the page after it; undefined when it is the last, or doesn't say. */
export function nextCursorOf(body: unknown): string | undefined {
  if (!isObject(body)) return undefined;
  for (const [name, value] of Object.entries(body)) {
    const isNext = /^(next|nextcursor|cursor|nextpagetoken|nexttoken|endcursor|continuationtoken)$/.test(
      plainName(name),
    );
    if (isNext && typeof value === "string" && value !== "" && !/^(https?:)?\//.test(value)) return value;
  }
  const inner = ["meta", "pagination", "paging", "page_info", "pageInfo"]
    .map((name) => body[name])
    .find(isObject);
  return inner ? nextCursorOf(inner) : undefined;
}
