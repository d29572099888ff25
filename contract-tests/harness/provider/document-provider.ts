import type { MediaType, Operation } from "../contract/contract.ts";
import { isObject, type JsonObject } from "../contract/json-object.ts";
import { type Problem, problemWith } from "./check-request.ts";
import { conformingValues } from "./conforming-value.ts";
import type { Answer, Handler, ReceivedRequest } from "./handler.ts";
import { operationDocument } from "./operation-document.ts";
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
  /** The one operation that `enforced` counts for, by its id; all by default. */
  readonly misjudged?: string;
  /** The credentials that are right, under whatever scheme; any by default. */
  readonly credentials?: ReadonlySet<string>;
}

/**
 * A provider that conforms to the given OpenAPI document: it refuses what the document forbids and answers everything else
 * with what the document promises. Nothing is stored: every thing that is asked for is there.
 */
export function documentProvider(document: JsonObject, options: DocumentProviderOptions = {}): Handler {
  const { enforced = document, misjudged, credentials } = options;
  const isRight = (given: string) => credentials === undefined || credentials.has(given);
  const conforming = providedDocument(document);
  const other = enforced === document ? conforming : new ProvidedDocument(enforced, conforming);
  const { paths, operations } = conforming.contract;

  return async (request) => {
    const path = paths.match(pathOf(request.url))?.path;
    if (path === undefined) return plain(404, "There is nothing here.");
    const there = operations.filter((operation) => operation.path === path);
    const operation = there.find(({ method }) => method === request.method);
    if (!operation) {
      const allow = there.map(({ method }) => method).join(", ");
      return { ...plain(405, "This method isn't for this path."), headers: { allow } };
    }
    const judging = misjudged === undefined || misjudged === operation.id ? other : conforming;
    const problem = await (await judging.requestsTo(operation))(request, isRight);
    return (await conforming.answersOf(operation))(problem);
  };
}

/**
 * Works out what the provider needs for an operation.
 *
 * @throws {NoConformingValueError} when no answer can be made for its success
 * @throws {Error} when its schemas can't be read
 */
export async function assertProvidable(document: JsonObject, operation: Operation): Promise<void> {
  const provided = providedDocument(document);
  await provided.requestsTo(operation);
  (await provided.answersOf(operation))(undefined);
}

/** The operation of the document that a request is for; undefined when it is for none. */
export function requestedOperation(
  document: JsonObject,
  { method, url }: ReceivedRequest,
): Operation | undefined {
  const { paths, operations } = providedDocument(document).contract;
  const path = paths.match(pathOf(url))?.path;
  return operations.find((operation) => operation.method === method && operation.path === path);
}

/** The second reading of the schemas that an operation's answers are described by. */
export function answerJudge(document: JsonObject, operation: Operation): Promise<ValueJudge> {
  return providedDocument(document).answerJudge(operation);
}

type RequestJudge = (
  request: ReceivedRequest,
  isRight: (credential: string) => boolean,
) => Promise<Problem | undefined>;
type Answering = (problem: Problem | undefined) => Answer;

/** A document's operations, each worked out when it is first asked for: no operation is harmed by another's schemas. */
class ProvidedDocument {
  readonly contract: ProvidedContract;
  readonly #document: JsonObject;
  readonly #requests = new Map<string, Promise<RequestJudge>>();
  readonly #judges = new Map<string, Promise<ValueJudge>>();
  readonly #answers = new Map<string, Promise<Answering>>();

  /** @param routing knows the operations of `document`, be it edited otherwise */
  constructor(document: JsonObject, routing?: ProvidedDocument) {
    this.#document = document;
    this.contract = routing?.contract ?? providedContract(document);
  }

  requestsTo(operation: Operation): Promise<RequestJudge> {
    return once(this.#requests, operation.id, async () => {
      const part = providedContract(operationDocument(this.#document, operation));
      const own = part.operations.find(({ id }) => id === operation.id) ?? operation;
      const judge = await createValueJudge(part.document, "request", schemasOf([own], "request"));
      return (request, isRight) => problemWith(part, judge, own, request, isRight);
    });
  }

  answerJudge(operation: Operation): Promise<ValueJudge> {
    return once(this.#judges, operation.id, () =>
      createValueJudge(
        operationDocument(this.#document, operation),
        "response",
        schemasOf([operation], "response"),
      ),
    );
  }

  /** What is answered to an operation, by what is wrong with the request; the same every time. */
  answersOf(operation: Operation): Promise<Answering> {
    return once(this.#answers, operation.id, async () => {
      const part = operationDocument(this.#document, operation);
      const judge = await this.answerJudge(operation);
      const made = new Map<number, Answer>();
      return (problem) => {
        const status = problem ? refusalStatus(operation, problem) : successStatus(operation);
        const answer = made.get(status) ?? answerWith(part, judge, operation, status);
        made.set(status, answer);
        return answer;
      };
    });
  }
}

/** Providers of one document answer alike, however they judge requests: what they say is worked out once. */
const providedDocuments = new WeakMap<JsonObject, ProvidedDocument>();

function providedDocument(document: JsonObject): ProvidedDocument {
  const known = providedDocuments.get(document) ?? new ProvidedDocument(document);
  providedDocuments.set(document, known);
  return known;
}

function once<Made>(known: Map<string, Promise<Made>>, id: string, make: () => Promise<Made>): Promise<Made> {
  const made = known.get(id) ?? make();
  known.set(id, made);
  return made;
}

function successStatus(operation: Operation): number {
  const statuses = operation.responses.map(({ status }) => status);
  const documented =
    statuses.find((status) => /^2\d\d$/.test(status)) ??
    (statuses.some((status) => status === "2XX" || status === "default")
      ? undefined
      : statuses.find((status) => /^3\d\d$/.test(status)));
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
  const content =
    response.contents.find(({ name }) => isJsonMediaType(concrete(name))) ?? response.contents[0];
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
