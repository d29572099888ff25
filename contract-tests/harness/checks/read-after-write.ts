import { isDone } from "../cases/answered.ts";
import { madeBy } from "../cases/identify.ts";
import { canonicalPath } from "../cases/runtime-expression.ts";
import type { JsonObject } from "../contract/json-object.ts";
import { isObject } from "../contract/json-object.ts";
import { joinPointer } from "../contract/json-pointer.ts";
import { jsonText } from "../contract/large-integer.ts";
import { propertyOf } from "../schema/schema-members.ts";
import type { Check, Complaint, JudgedExchange } from "./check.ts";
import type { Exchange } from "./finding.ts";
import { judgeNamesInPath } from "./named-in-path.ts";
import {
  answeredIn,
  type DescribedObject,
  isMeant,
  isWithin,
  objectAnswered,
  objectSent,
  pathIn,
} from "./observed.ts";
import { plainReads } from "./plain-reads.ts";
import { likeness } from "./same-data.ts";
import { isSameSchema, isWritable, writableMembers, writingSchemas } from "./writable.ts";

/** What is known of a thing since it was last written. */
interface Written {
  /** Where the members were sent: POST, PUT or PATCH. */
  readonly by: "POST" | "PUT" | "PATCH";
  readonly sent: JsonObject;
  /** Schema of what was sent. */
  readonly schema: string | undefined;
  /** What the last read before the write showed. */
  readonly before: JsonObject;
  readonly steps: readonly Exchange[];
  /** What the last read since then showed. */
  readonly read?: JsonObject;
  readonly readBy?: Exchange;
}

/**
 * What was sent, and is neither readOnly nor writeOnly, comes back equal: in the response to the write and when it is read
 * afterwards. A PATCH leaves the rest as it was, a PUT leaves nothing that it doesn't mention (RFC 9110, section 9.3.4). If
 * request and response describe a member differently, that they mean the same is a guess, and a difference is a warning; so
 * is one of case and blanks, what a PUT leaves, and a member that differs from the path parameter of its name.
 */
export const readAfterWrite: Check = {
  id: "read-after-write",
  rule: "What was written is read back.",
  needsMemory: true,
  begin: () => {
    const written = new Map<string, Written>();
    const isPlain = plainReads();
    return (judged) => {
      const own = judgeWritten(judged, written, isPlain);
      const answer = isMeant(judged) && judged.response && isDone(judged.response) && objectAnswered(judged);
      const named = answer ? judgeNamesInPath(judged, answer) : [];
      return named.length > 0 ? [...(own ?? []), ...named] : own;
    };
  },
};

function judgeWritten(
  judged: JudgedExchange,
  written: Map<string, Written>,
  isPlain: (read: JudgedExchange) => boolean,
): readonly Complaint[] | undefined {
  const answered = answeredIn(judged);
  if (!answered) return undefined;
  const { method } = answered.operation;
  const path = pathIn(judged);
  if (method === "GET") {
    const known = written.get(path);
    const read =
      isDone(answered.response) && isMeant(judged) && isPlain(judged) ? objectAnswered(judged) : undefined;
    if (!known || !read) return undefined;
    const complaints = judgeRead(judged, known, read);
    written.set(path, { ...known, read: read.value, readBy: judged.exchange });
    return complaints;
  }
  const made = method === "POST" ? pathOfMade(judged) : undefined;
  if (!isRefused(answered.response.status))
    for (const other of written.keys()) if (mayChange(method, path, made, other)) written.delete(other);
  if (method !== "POST" && method !== "PUT" && method !== "PATCH") return undefined;
  const sent = isMeant(judged) && isDone(answered.response) ? objectSent(judged) : undefined;
  const isMerge = method !== "PATCH" || !/json-patch/.test(contentType(judged));
  if (!sent || !isMerge) {
    // A write with an unknown effect.
    if (!isRefused(answered.response.status)) written.delete(path);
    return undefined;
  }
  const at = method === "POST" ? made : path;
  if (at === undefined && answered.response.status !== 201) return undefined;
  const before = at === undefined ? undefined : written.get(at);
  const write: Written = {
    by: method,
    sent: sent.value,
    schema: sent.schema,
    before: before?.read ?? (before ? { ...before.before, ...before.sent } : {}),
    steps: [...(before && method !== "POST" ? stepsTo(before) : []), judged.exchange],
  };
  if (at !== undefined) written.set(at, write);
  const given = objectAnswered(judged);
  return given ? compare(judged, write, given, "answers") : undefined;
}

/** A write that was refused did nothing. */
function isRefused(status: number): boolean {
  return status >= 400 && status < 500;
}

/**
 * True if a write at `path` may change what is at `other`: anything below it (a PATCH of `/todos` changes them all),
 * and, unless it created something, anything above it (`/orders/5/cancel`).
 */
function mayChange(method: string, path: string, made: string | undefined, other: string): boolean {
  if (method === "DELETE") return isWithin(other, path);
  if (other === path) return false;
  return method === "POST" ? made === undefined && isWithin(path, other) : isWithin(other, path);
}

/** The last writes, and the read that showed what they left. */
function stepsTo({ steps, readBy }: Written): readonly Exchange[] {
  return [...steps.slice(-2), ...(readBy ? [readBy] : [])];
}

function contentType({ exchange }: JudgedExchange): string {
  return exchange.case.request.headers.find(([name]) => name.toLowerCase() === "content-type")?.[1] ?? "";
}

function pathOfMade(judged: JudgedExchange): string | undefined {
  const answered = answeredIn(judged);
  const [made] = answered ? madeBy(judged.contract, judged.oracle, answered) : [];
  return made && canonicalPath(made.path);
}

function judgeRead(judged: JudgedExchange, known: Written, read: DescribedObject): readonly Complaint[] {
  return [...compare(judged, known, read, "reads"), ...judgeRest(judged, known, read)];
}

/** Compares each member that was sent with what came back. */
function compare(
  judged: JudgedExchange,
  { by, sent, schema, steps }: Written,
  got: DescribedObject,
  when: "answers" | "reads",
): readonly Complaint[] {
  const { oracle } = judged;
  return Object.entries(sent).flatMap(([name, value]): Complaint[] => {
    if (schema === undefined || !isWritable(oracle, schema, name)) return [];
    const request = propertyOf(oracle, schema, name);
    const answer = got.schema === undefined ? undefined : propertyOf(oracle, got.schema, name);
    const isThere = Object.hasOwn(got.value, name);
    if (!isThere && (answer === undefined || request === undefined || !isObject(oracle.source(answer))))
      return [];
    const like = likeness(value, got.value[name]);
    if (like === "same") return [];
    const isSure = request !== undefined && answer !== undefined && isSameSchema(oracle, request, answer);
    return [
      {
        kind: `${by.toLowerCase()}-${when}-${isThere ? (like === "rewritten" ? "rewritten" : "other") : "nothing"}`,
        ...(isSure && like === "other" ? {} : { severity: "warning" as const }),
        pointer: answer ?? joinPointer(judged.operation.pointer, "responses"),
        message: `${by} sent one ${JSON.stringify(name)}, and ${when === "reads" ? "reading it back" : "its own response"} gives another${isSure ? "" : " (assuming both mean the same)"}.`,
        expected: shown(value),
        actual: isThere ? shown(got.value[name]) : "nothing",
        steps: when === "reads" ? steps : steps.slice(0, -1),
      },
    ];
  });
}

/** Members that the write didn't mention: a PATCH leaves them, a PUT doesn't. */
function judgeRest(
  judged: JudgedExchange,
  { by, sent, before, steps }: Written,
  { value }: DescribedObject,
): readonly Complaint[] {
  const { oracle, contract, operation } = judged;
  const schemas = writingSchemas(contract, operation.path);
  const rest = Object.entries(writableMembers(oracle, schemas, before)).filter(
    ([name, member]) => !Object.hasOwn(sent, name) && likeness(member, null) !== "same",
  );
  return rest.flatMap(([name, member]): Complaint[] => {
    const isKept = likeness(member, value[name]) === "same";
    const isPreset = schemas.some((schema) => isDefault(judged, schema, name, value[name]));
    if (by === "PATCH" && !isKept)
      return [
        {
          kind: "patch-changes-the-rest",
          pointer: joinPointer(operation.pointer, "responses"),
          message: `A PATCH that doesn't mention ${JSON.stringify(name)} changed it.`,
          expected: shown(member),
          actual: shown(value[name]),
          steps,
        },
      ];
    if (by !== "PUT" || !isKept || isPreset) return [];
    return [
      {
        kind: "put-keeps-the-rest",
        severity: "warning",
        pointer: joinPointer(operation.pointer, "responses"),
        message: `A PUT that doesn't mention ${JSON.stringify(name)} left it unchanged.`,
        expected: "nothing, or a default",
        actual: shown(value[name]),
        steps,
      },
    ];
  });
}

function isDefault({ oracle }: JudgedExchange, schema: string, name: string, value: unknown): boolean {
  const property = propertyOf(oracle, schema, name);
  if (property === undefined) return false;
  return [oracle.source(property), oracle.follow(property).schema].some(
    (described) => isObject(described) && likeness(described["default"], value) === "same",
  );
}

function shown(value: unknown): string {
  const text = value === undefined ? "nothing" : (jsonText(value) ?? "nothing");
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}
