import { isDeepStrictEqual } from "node:util";
import { isDone } from "../cases/answered.ts";
import { idIn } from "../cases/identify.ts";
import { nextCursorOf, pagingOf, rowsOf, totalOf } from "../cases/paging.ts";
import { type Resource, resourceMap } from "../cases/resources.ts";
import { isObject, type JsonObject } from "../contract/json-object.ts";
import { joinPointer } from "../contract/json-pointer.ts";
import { sameShape } from "../contract/match-operation.ts";
import type { Check, Complaint, JudgedExchange } from "./check.ts";
import type { Exchange } from "./finding.ts";
import { answeredIn, isMeant, isWithin, objectAnswered, objectSent, pathIn } from "./observed.ts";
import { plainReads } from "./plain-reads.ts";
import { likeness } from "./same-data.ts";
import { writableMembers, writingSchemas } from "./writable.ts";

interface Created {
  readonly id: string;
  readonly exchange: Exchange;
  readonly sent: JsonObject;
  /** As it was last read; undefined since it was written. */
  read?: JsonObject;
}

/**
 * What was created in a collection is in its list, once, as it is when it is read. Judged if a list is complete: without a
 * filter, with fewer rows than a page takes or as many as the total says. Rows are identified by the names of their ids, a
 * guess, hence warnings.
 */
export const listedAfterCreate: Check = {
  id: "listed-after-create",
  rule: "What was created is in the list (warning).",
  needsMemory: true,
  begin: () => {
    const created = new Map<string, Map<string, Created>>();
    const isPlain = plainReads();
    return (judged) => {
      const answered = answeredIn(judged);
      if (!answered) return undefined;
      const { operation, response, body } = answered;
      const path = pathIn(judged);
      const isSuccess = isDone(response);
      const resource = resourceOf(judged);
      if (operation.method === "POST" && isSuccess && resource) {
        const id = idIn(body, resource, resource.parameter, judged.oracle);
        if (id === undefined) return undefined;
        const own = created.get(path) ?? new Map<string, Created>();
        created.set(path, own);
        const sent = objectSent(judged)?.value ?? {};
        own.set(String(id), { id: String(id), exchange: judged.exchange, sent });
        return undefined;
      }
      const above = path.slice(0, path.lastIndexOf("/"));
      const one = created.get(above)?.get(decodeURIComponent(path.slice(above.length + 1)));
      if (operation.method === "DELETE" && response.status < 500) {
        for (const [collection, own] of created) {
          if (isWithin(collection, path)) created.delete(collection);
          // The same thing may be deleted by a path of another collection.
          for (const id of own.keys()) if (path.endsWith(`/${encodeURIComponent(id)}`)) own.delete(id);
        }
      } else if (operation.method === "GET" && one && isSuccess) {
        const read = isMeant(judged) && isPlain(judged) ? objectAnswered(judged) : undefined;
        if (read) one.read = read.value;
      } else if (operation.method !== "GET" && operation.method !== "HEAD") {
        for (const [collection, own] of created) {
          const isOfAll = operation.method !== "POST" && isWithin(collection, path);
          for (const entry of own.values())
            if (isOfAll || path.includes(`/${encodeURIComponent(entry.id)}`)) delete entry.read;
        }
      }
      const expected = created.get(path);
      if (operation.method !== "GET" || !isSuccess || !isMeant(judged) || !expected || !resource)
        return undefined;
      const rows = rowsOf(body);
      return rows && judgeList(judged, resource, [...expected.values()], rows);
    };
  },
};

/** The things of a collection; where one has no path of its own, as if it had one by its id. */
function resourceOf({ contract, operation }: JudgedExchange): (Resource & { parameter: string }) | undefined {
  const { resources, collections } = resourceMap(contract);
  for (const resource of resources) {
    const { path, parameter } = resource;
    if (parameter !== undefined && sameShape(path.slice(0, path.lastIndexOf("/")), operation.path))
      return { ...resource, parameter };
  }
  return collections.some(({ path }) => sameShape(path, operation.path))
    ? { path: `${operation.path}/{id}`, parameter: "id" }
    : undefined;
}

function judgeList(
  judged: JudgedExchange,
  resource: Resource & { parameter: string },
  expected: readonly Created[],
  rows: readonly unknown[],
): readonly Complaint[] | undefined {
  const { oracle, contract } = judged;
  const ids = rows.map((row) => String(idIn(row, resource, resource.parameter, oracle)));
  const complaints: Complaint[] = [];
  const complain = (kind: string, message: string, steps: readonly Exchange[], more: Partial<Complaint>) =>
    complaints.push({
      kind,
      severity: "warning",
      pointer: joinPointer(judged.operation.pointer, "responses"),
      message,
      expected: "one row",
      actual: "",
      steps,
      ...more,
    });
  const isWhole = isWholeList(judged, rows);
  for (const { id, exchange, sent, read } of expected) {
    const own = rows.filter((_, index) => ids[index] === id);
    const by = exchange.case.operation;
    if (own.length === 0 && isWhole)
      complain("not-listed", `What ${by} created isn't in the list.`, [exchange], { actual: "none" });
    if (own.length > 1)
      complain("listed-twice", `What ${by} created is in the list more than once.`, [exchange], {
        actual: `${own.length} rows`,
      });
    const [row] = own;
    const schemas = writingSchemas(contract, resource.path);
    const members = read && isObject(row) ? Object.entries(writableMembers(oracle, schemas, read)) : [];
    const other = members.find(
      ([name, value]) =>
        isObject(row) &&
        Object.hasOwn(row, name) &&
        typeof value !== "object" &&
        likeness(value, row[name]) === "other",
    );
    if (other && isObject(row))
      complain(
        "listed-otherwise",
        `The list has a different ${JSON.stringify(other[0])} than reading the item does.`,
        [exchange],
        {
          expected: String(other[1]),
          actual: String(row[other[0]]),
        },
      );
    const alike = rows.filter(
      (each) => isObject(each) && Object.keys(sent).length > 0 && likeness(sent, each) === "same",
    ).length;
    const wanted = expected.filter((each) => isDeepStrictEqual(each.sent, sent)).length;
    if (own.length === 1 && alike > wanted && hasOwnText(sent))
      complain(
        "made-twice",
        `The list has more rows equal to what ${by} sent than were created.`,
        [exchange],
        {
          expected: `at most ${wanted}`,
          actual: `${alike} rows`,
        },
      );
  }
  return isWhole || complaints.length > 0 ? complaints : undefined;
}

/** Sequences send texts that end in a number of their own: an equal one that is there already is no accident. */
function hasOwnText(sent: JsonObject): boolean {
  return Object.values(sent).some((value) => typeof value === "string" && /-\d+$/.test(value));
}

function isWholeList(
  { operation, exchange, oracle, response, body }: JudgedExchange,
  rows: readonly unknown[],
): boolean {
  const query = new URLSearchParams(exchange.case.request.path.split("?").slice(1).join("?"));
  const { limit, offset, page, cursor } = pagingOf(operation);
  if ([...query.keys()].some((name) => name !== limit?.name)) return false;
  const value = body.kind === "values" ? body.values[0]?.value : undefined;
  if (nextCursorOf(value) !== undefined) return false;
  const total = response && totalOf(value, response.headers);
  if (total !== undefined && rows.length < total) return false;
  if (!limit) return total !== undefined || (!offset && !page && !cursor);
  const schema = limit.schema === undefined ? undefined : oracle.follow(limit.schema).schema;
  const preset = isObject(schema) ? schema["default"] : undefined;
  const most = query.has(limit.name) ? Number(query.get(limit.name)) : preset;
  return typeof most === "number" && rows.length < most;
}
