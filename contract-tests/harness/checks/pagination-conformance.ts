import { isDeepStrictEqual } from "node:util";
import { isDone } from "../cases/answered.ts";
import { nextCursorOf, pagingOf, rowsOf, totalOf } from "../cases/paging.ts";
import type { Parameter } from "../contract/contract.ts";
import { isObject } from "../contract/json-object.ts";
import { joinPointer } from "../contract/json-pointer.ts";
import { isSafe } from "../http/loopback.ts";
import type { Oracle } from "../schema/oracle.ts";
import type { Check, Complaint } from "./check.ts";
import type { Exchange } from "./finding.ts";
import { answeredIn, isMeant, pathIn } from "./observed.ts";

interface Page {
  readonly exchange: Exchange;
  /** Where it begins: a row's number, a page's number, or a cursor; undefined for the first page. */
  readonly at: string | number | undefined;
  readonly rows: readonly unknown[];
}

/**
 * Paged lists, recognised by the names of their parameters (`limit`, `offset`, `page`, `cursor` and the like, hence
 * warnings): a page has no more rows than requested, and no fewer if there are more; pages don't repeat rows; the total
 * doesn't depend on the page. Pages are compared as long as nothing was written in between; a page of a list that is
 * known to have no more rows proves nothing.
 */
export const paginationConformance: Check = {
  id: "pagination-conformance",
  rule: "A page of a list has the rows that were requested (warning).",
  needsMemory: true,
  begin: () => {
    const pages = new Map<string, Page[]>();
    /** A cursor that no response has returned may mean anything. */
    const given = new Set<string>();
    /** Most rows that a page of a list has had. */
    const longest = new Map<string, number>();
    const totals = new Map<string, { readonly total: number; readonly exchange: Exchange }>();
    return (judged) => {
      const answered = answeredIn(judged);
      if (judged.exchange.case.request.method !== "GET" && !isSafe(judged.exchange.case.request.method)) {
        pages.clear();
        totals.clear();
        longest.clear();
      }
      const { operation, oracle, exchange } = judged;
      if (!answered || !isMeant(judged) || operation.method !== "GET" || !isDone(answered.response))
        return undefined;
      const paging = pagingOf(operation);
      const rows = rowsOf(answered.body);
      if (!rows || (!paging.limit && !paging.offset && !paging.page && !paging.cursor)) return undefined;
      const query = new URLSearchParams(answered.request.path.split("?").slice(1).join("?"));
      const complaints: Complaint[] = [];
      const complain = (
        kind: string,
        parameter: Parameter | undefined,
        rest: Pick<Complaint, "message" | "expected" | "actual"> & Partial<Complaint>,
      ) =>
        complaints.push({
          kind,
          severity: "warning",
          pointer: parameter?.pointer ?? joinPointer(operation.pointer, "responses"),
          ...rest,
        });
      const limit = numberSent(oracle, paging.limit, query);
      const counted = `${rows.length} rows`;
      if (limit !== undefined && limit > 0 && rows.length > limit)
        complain("too-many-rows", paging.limit, {
          message: `The page has more rows than ${paging.limit?.name} allows.`,
          expected: `at most ${limit}`,
          actual: counted,
        });
      const at = beginning(oracle, paging, query);
      const total = totalOf(answered.body, answered.response.headers);
      if (total !== undefined && total < rows.length)
        complain("total-too-small", undefined, {
          message: "The total is less than the number of rows on one page.",
          expected: `at least ${rows.length}`,
          actual: String(total),
        });
      if (
        at === undefined &&
        total !== undefined &&
        limit !== undefined &&
        rows.length < Math.min(limit, total)
      )
        complain("page-incomplete", paging.limit, {
          message: "The first page has fewer rows than its total implies.",
          expected: String(Math.min(limit, total)),
          actual: counted,
        });
      const rest = new URLSearchParams(query);
      for (const parameter of [paging.offset, paging.page, paging.cursor])
        if (parameter) rest.delete(parameter.name);
      const samePages = `${pathIn(judged)}?${rest} ${limit ?? ""}`;
      if (paging.limit) rest.delete(paging.limit.name);
      const sameList = `${pathIn(judged)}?${rest}`;
      const before = totals.get(sameList);
      if (total !== undefined && before && before.total !== total)
        complain("total-varies", undefined, {
          message: "The total differs from page to page.",
          expected: String(before.total),
          actual: String(total),
          steps: [before.exchange],
        });
      else if (total !== undefined) totals.set(sameList, { total, exchange });
      const next = nextCursorOf(answered.body);
      if (next !== undefined) given.add(next);
      const cursor = paging.cursor && query.get(paging.cursor.name);
      const most = Math.max(longest.get(sameList) ?? 0, rows.length);
      longest.set(sameList, most);
      // Without more rows than are on this page, a server that ignores the parameters would answer the same.
      const shows = next !== undefined || (total ?? 0) > rows.length || most > rows.length;
      const judgement = () => (shows || complaints.length > 0 ? complaints : undefined);
      if (cursor !== undefined && cursor !== null && !given.has(cursor)) return judgement();
      const others = pages.get(samePages) ?? [];
      const repeated = others.find((other) => isApart(other.at, at, limit) && sharesRows(other.rows, rows));
      if (repeated)
        complain("rows-repeated", paging.cursor ?? paging.offset ?? paging.page, {
          message: "A page repeats rows from another page.",
          expected: "rows that no other page has",
          actual: "a row that another page has",
          steps: [repeated.exchange],
        });
      pages.set(samePages, [...others.slice(-9), { exchange, at, rows }]);
      return judgement();
    };
  },
};

function numberSent(
  oracle: Oracle,
  parameter: Parameter | undefined,
  query: URLSearchParams,
): number | undefined {
  if (!parameter) return undefined;
  const text = query.get(parameter.name);
  if (text !== null) return /^\d+$/.test(text) ? Number(text) : undefined;
  const schema = parameter.schema === undefined ? undefined : oracle.follow(parameter.schema).schema;
  return isObject(schema) && typeof schema["default"] === "number" ? schema["default"] : undefined;
}

function beginning(
  oracle: Oracle,
  { offset, page, cursor }: ReturnType<typeof pagingOf>,
  query: URLSearchParams,
): Page["at"] {
  const given = cursor && query.get(cursor.name);
  if (given !== undefined && given !== null) return given;
  const from = offset && query.has(offset.name) ? numberSent(oracle, offset, query) : undefined;
  if (from !== undefined && from > 0) return from;
  if (!page || !query.has(page.name)) return undefined;
  const schema = page.schema === undefined ? undefined : oracle.follow(page.schema).schema;
  const { default: preset, minimum } = isObject(schema) ? schema : {};
  const first = typeof preset === "number" ? preset : typeof minimum === "number" ? minimum : 1;
  const number = numberSent(oracle, page, query);
  return number === undefined || number <= first ? undefined : `page ${number}`;
}

/** Ranges of rows may lie over each other: only those that don't must have nothing in common. */
function isApart(a: Page["at"], b: Page["at"], limit: number | undefined): boolean {
  if (a === b) return false;
  const [from, to] = [a ?? 0, b ?? 0];
  if (typeof from === "number" && typeof to === "number")
    return limit !== undefined && Math.abs(from - to) >= limit;
  return true;
}

function sharesRows(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.some((row) => isObject(row) && b.some((other) => isDeepStrictEqual(row, other)));
}
