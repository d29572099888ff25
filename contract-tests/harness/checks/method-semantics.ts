import { isDeepStrictEqual } from "node:util";
import { isDone } from "../cases/answered.ts";
import type { JsonObject } from "../contract/json-object.ts";
import { joinPointer } from "../contract/json-pointer.ts";
import { headerValue } from "../http/header-value.ts";
import { isSafe } from "../http/loopback.ts";
import type { HttpResponse } from "../http/message.ts";
import type { Check, Complaint, JudgedExchange } from "./check.ts";
import type { Exchange } from "./finding.ts";
import { answeredIn, isMeant, objectAnswered, pathIn } from "./observed.ts";
import { writableMembers, writingSchemas } from "./writable.ts";

interface Seen {
  readonly exchange: Exchange;
  readonly response: HttpResponse;
  readonly members: JsonObject;
}

interface Replaced {
  readonly body: string;
  readonly exchange: Exchange;
  /** What a read after the first such PUT showed. */
  first?: JsonObject;
  isRepeated: boolean;
}

/** Headers that say the same of HEAD and GET, where both send them. */
const comparedHeaders = ["etag", "content-type", "last-modified"];

/**
 * What methods promise (RFC 9110, sections 9.2 and 9.3): two reads with no write in between return the same, the
 * second of two identical PUTs changes nothing, and HEAD responds as GET does. Of what is read, only members that clients
 * may write count: a server may count visits as it likes.
 */
export const methodSemantics: Check = {
  id: "method-semantics",
  rule: "GET and HEAD change nothing, a repeated PUT changes nothing more, and HEAD responds as GET does.",
  needsMemory: true,
  begin: () => {
    const reads = new Map<string, Seen>();
    const puts = new Map<string, Replaced>();
    return (judged) => {
      const { request } = judged.exchange.case;
      const answered = answeredIn(judged);
      if (!isSafe(request.method)) reads.clear();
      if (!answered) return undefined;
      const path = pathIn(judged);
      if (!isSafe(request.method)) {
        notePut(puts, path, judged);
        return undefined;
      }
      if (!isMeant(judged)) return undefined;
      const key = request.path;
      const before = reads.get(key);
      if (request.method === "HEAD") return before && judgeHead(judged, before, answered.response);
      const read = isDone(answered.response) ? objectAnswered(judged) : undefined;
      const schemas = writingSchemas(judged.contract, judged.operation.path);
      const members = read ? writableMembers(judged.oracle, schemas, read.value) : {};
      reads.set(key, { exchange: judged.exchange, response: answered.response, members });
      if (!read || Object.keys(members).length === 0) return undefined;
      const complaints = [
        ...(before ? judgeSafe(judged, before, members) : []),
        ...judgePut(judged, puts.get(path), members),
      ];
      return before || puts.has(path) ? complaints : undefined;
    };
  },
};

function notePut(puts: Map<string, Replaced>, path: string, judged: JudgedExchange): void {
  const { request } = judged.exchange.case;
  const known = puts.get(path);
  if (request.method !== "PUT" || !request.body || !judged.response || !isDone(judged.response)) {
    puts.delete(path);
    return;
  }
  const body = Buffer.from(request.body).toString("base64");
  if (known?.body === body) known.isRepeated = true;
  else puts.set(path, { body, exchange: judged.exchange, isRepeated: false });
}

function judgePut(
  judged: JudgedExchange,
  put: Replaced | undefined,
  members: JsonObject,
): readonly Complaint[] {
  if (!put) return [];
  if (!put.isRepeated) {
    put.first ??= members;
    return [];
  }
  if (put.first === undefined || isDeepStrictEqual(put.first, members)) return [];
  return [
    {
      kind: "put-not-idempotent",
      pointer: joinPointer(judged.operation.pointer, "responses"),
      message: "The second of two identical PUTs changed something.",
      expected: different(put.first, members),
      actual: different(members, put.first),
      steps: [put.exchange, put.exchange],
    },
  ];
}

function judgeSafe(judged: JudgedExchange, before: Seen, members: JsonObject): readonly Complaint[] {
  if (Object.keys(before.members).length === 0 || isDeepStrictEqual(before.members, members)) return [];
  return [
    {
      kind: "get-changes",
      pointer: joinPointer(judged.operation.pointer, "responses"),
      message: "Two reads returned different data, with no write in between.",
      expected: different(before.members, members),
      actual: different(members, before.members),
      steps: [before.exchange],
    },
  ];
}

function judgeHead(judged: JudgedExchange, get: Seen, response: HttpResponse): readonly Complaint[] {
  const pointer = joinPointer(judged.operation.pointer, "responses");
  const steps = [get.exchange];
  if (response.status !== get.response.status)
    return [
      {
        kind: "head-other-status",
        pointer,
        message: "HEAD returned a different status than GET.",
        expected: String(get.response.status),
        actual: String(response.status),
        steps,
      },
    ];
  return comparedHeaders.flatMap((name): Complaint[] => {
    const [expected, actual] = [get.response, response].map(({ headers }) => headerValue(headers, name));
    // HEAD may omit headers that are known only by generating the content (RFC 9110, section 9.3.2).
    if (expected === undefined || actual === undefined || expected === actual) return [];
    return [
      {
        kind: `head-other-${name}`,
        severity: "warning",
        pointer,
        message: `HEAD returned a different ${name} than GET.`,
        expected,
        actual,
        steps,
      },
    ];
  });
}

/** The members of `one` that are others in `other`, for messages. */
function different(one: JsonObject, other: JsonObject): string {
  const members = Object.entries(one).filter(([name, value]) => !isDeepStrictEqual(value, other[name]));
  const text = JSON.stringify(Object.fromEntries(members));
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}
