import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import type { Answer, Handler, ReceivedRequest } from "../../src/simulator/handler.ts";
import type { Contract } from "../harness/contract/contract.ts";
import { isObject, type JsonObject } from "../harness/contract/json-object.ts";
import { Oracle } from "../harness/schema/oracle.ts";

/** A contract on which requests have effects: what the other scored ones, which answer by rule, can't show. */
export const notesFile = fileURLToPath(new URL("contracts/notes.openapi.yaml", import.meta.url));

/** One thing that the provider does wrong. */
export type NotesFault = (typeof notesFaults)[number]["id"];

/** What several requests show together, each with the one check that notices it. */
export const notesFaults = [
  { id: "delete-keeps", caughtBy: "use-after-free", breach: "DELETE deletes nothing." },
  { id: "create-not-stored", caughtBy: "resource-availability", breach: "What is made isn't stored." },
  { id: "text-lost", caughtBy: "read-after-write", breach: "What is made loses its text." },
  {
    id: "text-answered-otherwise",
    caughtBy: "read-after-write",
    breach: "The answer to POST has another text.",
  },
  { id: "put-lost", caughtBy: "read-after-write", breach: "PUT changes nothing." },
  { id: "patch-wipes", caughtBy: "read-after-write", breach: "PATCH wipes what it doesn't name." },
  { id: "list-omits-newest", caughtBy: "listed-after-create", breach: "The newest note isn't listed." },
  { id: "list-repeats", caughtBy: "listed-after-create", breach: "The newest note is listed twice." },
  {
    id: "location-of-collection",
    caughtBy: "location-conformance",
    breach: "Location names the collection.",
  },
  {
    id: "location-leads-nowhere",
    caughtBy: "location-conformance",
    breach: "Location names an unknown path.",
  },
  { id: "limit-ignored", caughtBy: "pagination-conformance", breach: "The limit is ignored." },
  { id: "offset-ignored", caughtBy: "pagination-conformance", breach: "The offset is ignored." },
  { id: "total-of-page", caughtBy: "pagination-conformance", breach: "The total is the page's length." },
  { id: "filter-ignored", caughtBy: "filter-conformance", breach: "The filter is ignored." },
  { id: "head-other-etag", caughtBy: "method-semantics", breach: "HEAD has another ETag than GET." },
] as const;

/** Keeps notes by its contract, but for one fault. */
export function notesProvider(contract: Contract, fault?: NotesFault): Handler {
  const notes = new Map<number, JsonObject>();
  const oracle = new Oracle(contract);
  let last = 0;
  const is = (id: NotesFault) => fault === id;
  const add = (fields: JsonObject): JsonObject => {
    const note = { id: ++last, ...fields };
    notes.set(last, is("text-lost") ? { ...note, text: undefined } : note);
    return note;
  };
  for (const status of ["open", "done", "open"]) add({ title: `Note ${last + 1}`, status });

  const list = (query: URLSearchParams): Answer => {
    const limit = query.get("limit") ?? "20";
    const offset = query.get("offset") ?? "0";
    const status = query.get("status");
    const isRight =
      isCount(limit, 1, 100) &&
      isCount(offset, 0, 100_000) &&
      (status === null || /^(open|done)$/.test(status));
    if (!isRight) return refused;
    let found = [...notes.values()];
    if (status !== null && !is("filter-ignored")) found = found.filter((note) => note["status"] === status);
    if (is("list-omits-newest")) found = found.slice(0, -1);
    if (is("list-repeats")) found = [...found, ...found.slice(-1)];
    const from = is("offset-ignored") ? 0 : Number(offset);
    const items = found.slice(from, is("limit-ignored") ? undefined : from + Number(limit));
    return json(200, { items, total: is("total-of-page") ? items.length : found.length });
  };

  const create = (fields: JsonObject): Answer => {
    const note = add(fields);
    if (is("create-not-stored")) notes.delete(last);
    const location = is("location-of-collection")
      ? "/notes"
      : is("location-leads-nowhere")
        ? `/note/${last}`
        : `/notes/${last}`;
    const answered = is("text-answered-otherwise") && "text" in note ? { ...note, text: "another" } : note;
    return json(201, answered, { location });
  };

  const onOne = (request: ReceivedRequest, id: number): Answer => {
    const note = notes.get(id);
    const tag = `"${createHash("sha256")
      .update(JSON.stringify(note ?? null))
      .digest("hex")
      .slice(0, 12)}"`;
    switch (request.method) {
      case "GET":
        return note ? json(200, note, { etag: tag }) : missing;
      case "HEAD":
        return note
          ? { status: 200, headers: { etag: is("head-other-etag") ? '"head"' : tag }, body: "" }
          : missing;
      case "DELETE":
        if (!note) return missing;
        if (!is("delete-keeps")) notes.delete(id);
        return { status: 204, headers: {}, body: "" };
      default: {
        const fields = fieldsOf(request, request.method === "PUT" ? "NoteFields" : "NoteChange");
        if (!fields) return refused;
        if (!note) return missing;
        const kept =
          request.method === "PUT" ? { id } : is("patch-wipes") ? { ...note, text: undefined } : note;
        const changed = { ...kept, ...fields };
        if (!is("put-lost") || request.method !== "PUT") notes.set(id, changed);
        return json(200, changed);
      }
    }
  };

  const fieldsOf = ({ headers, body }: ReceivedRequest, schema: string): JsonObject | undefined => {
    if (!/^application\/json\b/.test(headers["content-type"] ?? "")) return undefined;
    const value = parsed(body);
    return isObject(value) && oracle.accepts(`/components/schemas/${schema}`, "request", value)
      ? value
      : undefined;
  };

  return (request) => {
    const [path = "", query = ""] = request.url.split("?");
    if (path === "/notes" && request.method === "GET") return list(new URLSearchParams(query));
    if (path === "/notes" && request.method === "POST") {
      const fields = fieldsOf(request, "NoteFields");
      return fields ? create(fields) : refused;
    }
    const id = /^\/notes\/([^/]+)$/.exec(path)?.[1];
    const isKnown = id !== undefined && ["GET", "HEAD", "PUT", "PATCH", "DELETE"].includes(request.method);
    if (isKnown) return isCount(id, 1, Number.MAX_SAFE_INTEGER) ? onOne(request, Number(id)) : refused;
    return { status: path.startsWith("/notes") ? 405 : 404, headers: {}, body: "" };
  };
}

const refused: Answer = { status: 400, headers: {}, body: "" };
const missing: Answer = { status: 404, headers: {}, body: "" };

function json(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(value) };
}

function isCount(text: string, least: number, most: number): boolean {
  return /^\d+$/.test(text) && Number(text) >= least && Number(text) <= most;
}

function parsed(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
}
