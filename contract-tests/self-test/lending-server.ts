import { randomUUID } from "node:crypto";
import { isObject } from "../harness/contract/json-object.ts";
import type { Seen, TestServers } from "./harness/command.ts";

/** One thing that the server does wrong. */
export type LendingFault =
  | "anybody may delete"
  | "more than 20 days crash"
  | "any number of days"
  | "lent before the data is looked at"
  | "limit ignored"
  | "changing what isn't there crashes"
  | "lending what isn't there crashes"
  | "any genre is taken"
  | "any genre is stored"
  | "year isn't stored";

export const lendingToken = "s3cret";

const json = (schema: unknown) => ({ description: "…", content: { "application/json": { schema } } });
const error = json({ type: "object", required: ["error"], properties: { error: { type: "string" } } });
const refusals = { 400: error, 401: error };
const text = { type: "string", minLength: 1, maxLength: 200 };
const year = { type: "integer", minimum: 1450, maximum: 2100 };
const genre = { type: "string", enum: ["novel", "poetry", "science"] };
const fields = { title: text, year, genre };
const body = (schema: object) => ({
  required: true,
  content: { "application/json": { schema: { type: "object", additionalProperties: false, ...schema } } },
});
const book = {
  type: "object",
  required: ["id", "title", "year", "onLoan"],
  properties: { id: { type: "string", format: "uuid" }, ...fields, onLoan: { type: "boolean" } },
};
const bookId = { name: "bookId", in: "path", required: true, schema: { type: "string", format: "uuid" } };

/** A small API as somebody would write it: books with a credential, which can be lent once. */
export const lendingDocument = {
  openapi: "3.1.0",
  info: { title: "Lending", version: "1" },
  security: [{ bearer: [] }],
  paths: {
    "/health": {
      get: { security: [], responses: { 200: json({ type: "object", required: ["status"] }) } },
    },
    "/books": {
      get: {
        parameters: [
          { name: "limit", in: "query", schema: { type: "integer", minimum: 1, maximum: 50, default: 20 } },
          { name: "offset", in: "query", schema: { type: "integer", minimum: 0, default: 0 } },
        ],
        responses: {
          200: json({
            type: "object",
            required: ["items", "total"],
            properties: { items: { type: "array", items: book }, total: { type: "integer" } },
          }),
          ...refusals,
        },
      },
      post: {
        requestBody: body({ required: ["title", "year"], properties: fields }),
        responses: {
          201: { ...json(book), headers: { Location: { required: true, schema: { type: "string" } } } },
          ...refusals,
        },
      },
    },
    "/books/{bookId}": {
      parameters: [bookId],
      get: { responses: { 200: json(book), ...refusals, 404: error } },
      patch: {
        requestBody: body({ minProperties: 1, properties: fields }),
        responses: { 200: json(book), ...refusals, 404: error },
      },
      delete: { responses: { 204: { description: "gone" }, ...refusals, 404: error } },
    },
    "/books/{bookId}/loan": {
      parameters: [bookId],
      post: {
        requestBody: body({
          required: ["member"],
          properties: {
            member: { type: "string", pattern: "^M[0-9]{4}$" },
            days: { type: "integer", minimum: 1, maximum: 28 },
          },
        }),
        responses: { 201: json({ type: "object" }), ...refusals, 404: error, 409: error },
      },
    },
  },
  components: { securitySchemes: { bearer: { type: "http", scheme: "bearer" } } },
};

type Fields = Record<string, unknown>;

class Refusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

function need(condition: boolean, status: number, message = "wrong"): asserts condition {
  if (!condition) throw new Refusal(status, message);
}

function fieldsIn(text: string, allowed: readonly string[]): Fields {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Refusal(400, "not JSON");
  }
  need(isObject(value) && Object.keys(value).every((name) => allowed.includes(name)), 400);
  return value;
}

const isWithin = (value: unknown, least: number, most: number) =>
  Number.isInteger(value) && Number(value) >= least && Number(value) <= most;

function checkBook(fields: Fields, isGenreChecked = true): void {
  const { title, year: published, genre: kind } = fields;
  if ("title" in fields) need(typeof title === "string" && title.length > 0 && title.length <= 200, 400);
  if ("year" in fields) need(isWithin(published, 1450, 2100), 400);
  if (isGenreChecked && "genre" in fields) need(genre.enum.includes(String(kind)), 400);
}

/** Answers by `lendingDocument`, but for one fault; every server has books of its own. */
export function lendingServer(servers: TestServers, fault?: LendingFault): Promise<string> {
  const books = new Map<string, Fields>();
  const answer = ({ method, url, headers, body }: Seen): readonly [number, unknown?, string?] => {
    const { pathname, searchParams } = new URL(url, "http://x");
    if (pathname === "/health" && method === "GET") return [200, { status: "ok" }];
    // Before it looks for the path, as most do.
    const isAllowed = headers.authorization === `Bearer ${lendingToken}`;
    need(isAllowed || (fault === "anybody may delete" && method === "DELETE"), 401);
    if (pathname === "/books" && method === "GET") {
      const number = (name: string, least: number, most: number, preset: number) => {
        const raw = searchParams.get(name);
        need(raw === null || (/^\d+$/.test(raw) && isWithin(Number(raw), least, most)), 400, name);
        return raw === null ? preset : Number(raw);
      };
      const limit = number("limit", 1, 50, 20);
      const offset = number("offset", 0, Number.MAX_SAFE_INTEGER, 0);
      const rows = [...books.values()];
      const count = fault === "limit ignored" ? 50 : limit;
      return [200, { items: rows.slice(offset, offset + count), total: rows.length }];
    }
    if (pathname === "/books" && method === "POST") {
      const given = fieldsIn(body, ["title", "year", "genre"]);
      need("title" in given && "year" in given, 400);
      checkBook(given);
      const made = { id: randomUUID(), ...given, onLoan: false };
      books.set(made.id, made);
      return [201, made, `/books/${made.id}`];
    }
    const [, id = "", loan] = /^\/books\/([^/]+)(\/loan)?$/.exec(pathname) ?? [];
    need(id !== "", 404);
    need(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id), 400);
    const own = books.get(id);
    if (loan && method === "POST") {
      if (fault === "lent before the data is looked at") need(own?.["onLoan"] !== true, 409);
      const { member, days = 14 } = fieldsIn(body, ["member", "days"]);
      need(typeof member === "string" && /^M[0-9]{4}$/.test(member), 400);
      need(fault === "any number of days" ? Number.isInteger(days) : isWithin(days, 1, 28), 400);
      if (!own && fault === "lending what isn't there crashes") throw new Error("crashed");
      need(own !== undefined, 404);
      need(own["onLoan"] !== true, 409);
      if (fault === "more than 20 days crash" && Number(days) > 20) throw new Error("crashed");
      own["onLoan"] = true;
      return [201, { member }];
    }
    need(!loan, 405);
    if (method === "PATCH") {
      const given = fieldsIn(body, ["title", "year", "genre"]);
      need(Object.keys(given).length > 0, 400);
      checkBook(given, fault !== "any genre is taken" && fault !== "any genre is stored");
      if (!own && fault === "changing what isn't there crashes") throw new Error("crashed");
      need(own !== undefined, 404);
      const changed = { ...own, ...given };
      books.set(id, fault === "year isn't stored" ? { ...changed, year: own["year"] } : changed);
      return [200, fault === "any genre is taken" ? { ...changed, genre: own["genre"] } : changed];
    }
    if (method === "GET" || method === "DELETE") {
      need(own !== undefined, 404);
      if (method === "GET") return [200, own];
      books.delete(id);
      return [204];
    }
    throw new Refusal(405, "no such method");
  };
  return servers.serve((request, response) => {
    let answered: ReturnType<typeof answer>;
    try {
      answered = answer(request);
    } catch (thrown) {
      answered = [thrown instanceof Refusal ? thrown.status : 500, { error: String(thrown) }];
    }
    const [status, value, location] = answered;
    response.writeHead(status, {
      ...(value === undefined ? {} : { "content-type": "application/json" }),
      ...(location === undefined ? {} : { location }),
    });
    response.end(value === undefined ? undefined : JSON.stringify(value));
  });
}
