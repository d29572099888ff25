import type { Answer, Handler } from "../../../src/simulator/handler.ts";
import { isObject, type JsonObject } from "../../harness/contract/json-object.ts";
import { type Problem, problemWith } from "./check-request.ts";
import { conformingValues } from "./conforming-value.ts";
import {
  type ProvidedContent,
  type ProvidedOperation,
  type ProvidedResponse,
  providedOperations,
} from "./provided-operation.ts";
import { essence, isJsonMediaType } from "./read-body.ts";
import { createValueJudge, type ValueJudge } from "./value-judge.ts";

export interface DocumentProviderOptions {
  /** The document by which requests are refused; the one that answers keep, by default. */
  readonly enforced?: JsonObject;
  /** The one credential that is right, under whatever scheme; any by default. */
  readonly credential?: string;
}

/**
 * A provider that keeps the given OpenAPI 3.0 or 3.1 document: it refuses what the document forbids and answers
 * everything else with what the document promises. Nothing is stored: every thing that is asked for is there.
 */
export function documentProvider(document: JsonObject, options: DocumentProviderOptions = {}): Handler {
  const { enforced = document, credential } = options;
  const isRight = (given: string) => credential === undefined || given === credential;
  const operations = providedOperations(enforced);
  const requests = createValueJudge(enforced, "request");
  const answers = conformingAnswers.get(document) ?? answering(document);
  conformingAnswers.set(document, answers);

  return async (request) => {
    const path = request.url.split("?", 1)[0] ?? "";
    const there = operations.filter(({ pathPattern }) => pathPattern.test(path));
    const [nearest] = there;
    if (!nearest) return plain(404, "There is nothing here.");
    const operation = there.find(
      ({ method, path: template }) => method === request.method && template === nearest.path,
    );
    if (!operation) {
      const allow = there
        .filter(({ path: template }) => template === nearest.path)
        .map(({ method }) => method);
      return { ...plain(405, "This method isn't for this path."), headers: { allow: allow.join(", ") } };
    }
    const problem = await problemWith(enforced, requests, operation, request, isRight);
    return answers(operation, problem);
  };
}

type Answering = (operation: ProvidedOperation, problem?: Problem) => Answer;

/** Providers of one document answer alike, however they judge requests: what they say is worked out once. */
const conformingAnswers = new WeakMap<JsonObject, Answering>();

/** What the provider answers to an operation, by what is wrong with the request; the same every time. */
function answering(document: JsonObject): Answering {
  const judge = createValueJudge(document, "response");
  const made = new Map<string, Answer>();
  return (operation, problem) => {
    const status = problem ? refusalStatus(operation, problem) : successStatus(operation);
    const key = `${operation.id} ${status}`;
    const answer = made.get(key) ?? answerWith(document, judge, operation, status);
    made.set(key, answer);
    return answer;
  };
}

/** The response object that documents a status: itself, its range, or `default`. */
export function responseFor(operation: ProvidedOperation, status: number): ProvidedResponse | undefined {
  const { responses } = operation;
  return (
    responses.get(String(status)) ??
    responses.get(`${Math.floor(status / 100)}XX`) ??
    responses.get("default")
  );
}

function successStatus(operation: ProvidedOperation): number {
  const documented = [...operation.responses.keys()].find((status) => /^2\d\d$/.test(status));
  if (documented !== undefined) return Number(documented);
  return operation.method === "POST" && operation.responses.has("2XX") ? 201 : 200;
}

const refusals = {
  unauthorized: [401, 403, 400],
  "media-type": [415, 400, 422],
  invalid: [400, 422, 404, 409],
};

/** The first fitting status that the document spells out, else the first that a range or `default` covers. */
function refusalStatus(operation: ProvidedOperation, { kind }: Problem): number {
  const fitting = refusals[kind];
  return (
    fitting.find((status) => operation.responses.has(String(status))) ??
    fitting.find((status) => responseFor(operation, status) !== undefined) ??
    (kind === "unauthorized" ? 401 : 400)
  );
}

function answerWith(
  document: JsonObject,
  judge: ValueJudge,
  operation: ProvidedOperation,
  status: number,
): Answer {
  const response = responseFor(operation, status);
  if (!response) return plain(status, "Refused.");
  const headers: Record<string, string> = {};
  for (const { name, pointer, schema } of response.headers) {
    const [value] = conformingValues(document, pointer, schema, judge);
    if (value !== undefined) headers[name.toLowerCase()] = headerText(value);
  }
  const [content] = response.contents;
  if (!content) return { status, headers, body: "" };
  const mediaType = concrete(content.mediaType);
  return {
    status,
    headers: { "content-type": mediaType, ...headers },
    body: bodyOf(document, judge, content, mediaType),
  };
}

function bodyOf(
  document: JsonObject,
  judge: ValueJudge,
  content: ProvidedContent,
  mediaType: string,
): string | Uint8Array {
  const isText = isJsonMediaType(mediaType) || essence(mediaType).startsWith("text/");
  if (!isText)
    return Buffer.from(
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
      "base64",
    );
  const [value] = conformingValues(document, content.pointer, content.schema, judge);
  if (isJsonMediaType(mediaType)) return JSON.stringify(value ?? null);
  return typeof value === "string" ? value : String(value ?? "");
}

/** Header values in simple style (OpenAPI 3.1, section 4.8.21). */
export function headerText(value: unknown): string {
  if (Array.isArray(value)) return value.map(String).join(",");
  if (isObject(value)) return Object.entries(value).flat().map(String).join(",");
  return String(value);
}

function concrete(mediaType: string): string {
  if (mediaType === "*/*") return "application/json";
  return mediaType.endsWith("/*")
    ? mediaType.replace("/*", mediaType.startsWith("image") ? "/png" : "/plain")
    : mediaType;
}

function plain(status: number, text: string): Answer {
  return { status, headers: { "content-type": "text/plain" }, body: text };
}
