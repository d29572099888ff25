import type { MediaType, Operation } from "../contract/contract.ts";
import { isObject, type JsonObject } from "../contract/json-object.ts";
import { type Problem, problemWith } from "./check-request.ts";
import { conformingValues } from "./conforming-value.ts";
import type { Answer, Handler } from "./handler.ts";
import {
  type ProvidedContract,
  pathOf,
  providedContract,
  responseFor,
  schemasOf,
} from "./provided-contract.ts";
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
  const contract = providedContract(enforced);
  let requests: Promise<ValueJudge> | undefined;

  return async (request) => {
    const { paths, operations } = contract;
    const path = paths.match(pathOf(request.url))?.path;
    if (path === undefined) return plain(404, "There is nothing here.");
    const there = operations.filter((operation) => operation.path === path);
    const operation = there.find(({ method }) => method === request.method);
    if (!operation) {
      const allow = there.map(({ method }) => method).join(", ");
      return { ...plain(405, "This method isn't for this path."), headers: { allow } };
    }
    requests ??= createValueJudge(contract.document, "request", schemasOf(operations, "request"));
    const problem = await problemWith(contract, await requests, operation, request, isRight);
    const answers = conformingAnswers.get(document) ?? answering(providedContract(document));
    conformingAnswers.set(document, answers);
    return (await answers)(operation, problem);
  };
}

type Answering = (operation: Operation, problem?: Problem) => Answer;

/** Providers of one document answer alike, however they judge requests: what they say is worked out once. */
const conformingAnswers = new WeakMap<JsonObject, Promise<Answering>>();

/** What the provider answers to an operation, by what is wrong with the request; the same every time. */
async function answering({ document, operations }: ProvidedContract): Promise<Answering> {
  const judge = await createValueJudge(document, "response", schemasOf(operations, "response"));
  const made = new Map<string, Answer>();
  return (operation, problem) => {
    const status = problem ? refusalStatus(operation, problem) : successStatus(operation);
    const key = `${operation.id} ${status}`;
    const answer = made.get(key) ?? answerWith(document, judge, operation, status);
    made.set(key, answer);
    return answer;
  };
}

function successStatus(operation: Operation): number {
  const statuses = operation.responses.map(({ status }) => status);
  const documented = statuses.find((status) => /^2\d\d$/.test(status));
  if (documented !== undefined) return Number(documented);
  return operation.method === "POST" && statuses.includes("2XX") ? 201 : 200;
}

const refusals = {
  unauthorized: [401, 403, 400],
  "media-type": [415, 400, 422],
  invalid: [400, 422, 404, 409],
};

/** The first fitting status that the document spells out, else the first that a range or `default` covers. */
function refusalStatus(operation: Operation, { kind }: Problem): number {
  const fitting = refusals[kind];
  return (
    fitting.find((status) => operation.responses.some((response) => response.status === String(status))) ??
    fitting.find((status) => responseFor(operation, status) !== undefined) ??
    (kind === "unauthorized" ? 401 : 400)
  );
}

function answerWith(document: JsonObject, judge: ValueJudge, operation: Operation, status: number): Answer {
  const response = responseFor(operation, status);
  if (!response) return plain(status, "Refused.");
  const headers: Record<string, string> = {};
  for (const { name, pointer, schema } of response.headers) {
    const [value] = conformingValues(document, pointer, schema, judge);
    if (value !== undefined) headers[name.toLowerCase()] = headerText(value);
  }
  const [content] = response.contents;
  if (!content) return { status, headers, body: "" };
  const mediaType = concrete(content.name);
  return {
    status,
    headers: { "content-type": mediaType, ...headers },
    body: bodyOf(document, judge, content, mediaType),
  };
}

function bodyOf(
  document: JsonObject,
  judge: ValueJudge,
  content: MediaType,
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
