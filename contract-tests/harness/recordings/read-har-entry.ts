import { contentCodings, decodeBody } from "../http/content-coding.ts";
import type { HeaderLine, HttpRequest, HttpResponse, TransportFailure } from "../http/message.ts";
import type { RecordedDue, RecordedExchange, RecordedFinding } from "../run/recorded-exchange.ts";
import { EXTENSION } from "./har-entry.ts";
import { HarError } from "./har-error.ts";
import { isUtf8, recordedBytes, staysInCharset } from "./recorded-bytes.ts";

export type JsonObject = Readonly<Record<string, unknown>>;
export type Attachments = ReadonlyMap<string, Uint8Array>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A token (RFC 9110, section 9.1): anything else was never sent, and would stand in command lines. */
const METHOD = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

const textOf = (value: unknown) => (typeof value === "string" ? value : undefined);
const numberOf = (value: unknown) => (typeof value === "number" ? value : undefined);
const objectOf = (value: unknown): JsonObject => (isObject(value) ? value : {});

/** One entry as an exchange; `address`: the base URL of a run of ours. `skipped` names what it is when it is no HTTP exchange. */
export function readHarEntry(
  entry: unknown,
  place: string,
  attachments: Attachments,
  address?: string,
): RecordedExchange | { readonly skipped: string } {
  if (!isObject(entry)) throw new HarError(`${place} is not an object: export the traffic again`);
  const request = objectOf(entry["request"]);
  const url = textOf(request["url"]);
  const method = textOf(request["method"]);
  if (url === undefined || method === undefined) {
    throw new HarError(
      `${place}/request has no ${url === undefined ? "url" : "method"}: export the traffic again`,
    );
  }
  if (!METHOD.test(method)) return { skipped: "no HTTP method" };
  if (!URL.canParse(url)) throw new HarError(`${place}/request/url is not an absolute URL: ${url}`);
  const { protocol, pathname, search } = new URL(url);
  if (protocol !== "http:" && protocol !== "https:") return { skipped: `${protocol} URL` };
  if (entry["_resourceType"] === "websocket") return { skipped: "WebSocket" };
  const made = madeByBrowser(objectOf(entry["response"]));
  if (made !== undefined) return { skipped: made };

  const extension = objectOf(entry[EXTENSION]);
  const caseId = textOf(extension["caseId"]);
  // Our own paths are taken as they were sent, and not as a URL would be written.
  const base = caseId === undefined ? undefined : address?.replace(/\/$/, "");
  const isBelow = base !== undefined && url.startsWith(base);
  const path = isBelow ? url.slice(base.length) : pathname + search;
  const sent = readRequest(request, method, path, caseId !== undefined);
  const due = readDue(extension["due"]);
  const common = {
    place,
    url,
    request: sent.request,
    ...(caseId === undefined ? {} : { caseId }),
    ...(due ? { due } : {}),
    ...(Array.isArray(extension["found"]) ? { found: extension["found"].flatMap(readFinding) } : {}),
    ...(Array.isArray(extension["told"]) ? { told: extension["told"].flatMap(readFinding) } : {}),
  };
  const failure = readFailure(extension["failure"]);
  if (failure !== undefined) return { ...common, failure, gaps: [] };
  const answer = readResponse(
    objectOf(entry["response"]),
    extension,
    numberOf(entry["time"]) ?? 0,
    method,
    attachments,
  );
  const unusable = sent.unusable ?? ("unusable" in answer ? answer.unusable : undefined);
  return {
    ...common,
    ...("response" in answer ? { response: answer.response } : {}),
    gaps: "gaps" in answer ? answer.gaps : [],
    ...(unusable === undefined ? {} : { unusable }),
  };
}

/** What never came from a server, as Chromium tells it: undefined for everything else. */
function madeByBrowser(response: JsonObject): string | undefined {
  // A redirect of its own, to https (RFC 6797, section 8.3) or around a block.
  if (headerOf(readHeaders(response["headers"]), "non-authoritative-reason") !== undefined)
    return "a redirect that the browser made";
  const source = textOf(response["_serviceWorkerResponseSource"]);
  return response["_fetchedViaServiceWorker"] === true && source !== "network"
    ? "a service worker's response"
    : undefined;
}

const phases = ["examples", "coverage", "fuzzing", "recorded"] as const;
const expectations = ["accepted", "rejected", "unsupported-method", "undocumented", "unknown"] as const;
const places = ["path", "query", "header", "cookie", "body", "method", "security"] as const;

function readDue(value: unknown): RecordedDue | undefined {
  const { operation, phase: named, expectation: meant, deviation } = objectOf(value);
  const phase = phases.find((known) => known === named);
  const expectation = expectations.find((known) => known === meant);
  if (typeof operation !== "string" || !phase || !expectation) return undefined;
  const { pointer, keyword, in: place, name, at } = objectOf(deviation);
  const where = places.find((known) => known === place);
  if (typeof pointer !== "string" || typeof keyword !== "string" || !where)
    return { operation, phase, expectation };
  return {
    operation,
    phase,
    expectation,
    deviation: {
      pointer,
      keyword,
      in: where,
      ...(typeof name === "string" ? { name } : {}),
      ...(typeof at === "string" ? { at } : {}),
    },
  };
}

function readFinding(value: unknown): RecordedFinding[] {
  const { check, kind, pointer, at, severity, message, expected, actual } = objectOf(value);
  if (typeof check !== "string" || typeof kind !== "string" || typeof pointer !== "string") return [];
  return [
    {
      check,
      kind,
      pointer,
      ...(typeof at === "string" ? { at } : {}),
      severity: severity === "warning" ? "warning" : "error",
      message: textOf(message) ?? "",
      expected: textOf(expected) ?? "",
      actual: textOf(actual) ?? "",
    },
  ];
}

/** Header lines in their order; HTTP/2 pseudo-headers (RFC 9113, section 8.3) are no headers of the message. */
function readHeaders(value: unknown): readonly HeaderLine[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item: unknown): HeaderLine[] => {
    const name = textOf(objectOf(item)["name"]);
    return name === undefined || name.startsWith(":") ? [] : [[name, textOf(objectOf(item)["value"]) ?? ""]];
  });
}

function headerOf(lines: readonly HeaderLine[], name: string): string | undefined {
  return lines.find(([key]) => key.toLowerCase() === name)?.[1];
}

function readRequest(
  request: JsonObject,
  method: string,
  path: string,
  isOurs: boolean,
): { readonly request: HttpRequest; readonly unusable?: string } {
  const postData = objectOf(request["postData"]);
  const told = textOf(postData["mimeType"]) ?? "";
  const headers = withContentType(readHeaders(request["headers"]), isOurs ? "" : told);
  const mediaType = headerOf(headers, "content-type") ?? told;
  const text = textOf(postData["text"]);
  const parameters: readonly unknown[] = Array.isArray(postData["params"]) ? postData["params"] : [];
  if (text !== undefined && (text !== "" || parameters.length === 0)) {
    const body = recordedBytes(text, postData["_encoding"] ?? postData["encoding"], mediaType);
    if (body === undefined) return { request: { method, path, headers }, unusable: REQUEST_LOST };
    if ((numberOf(request["bodySize"]) ?? 0) > 0 && text === "")
      return { request: { method, path, headers }, unusable: REQUEST_LOST };
    return { request: { method, path, headers, ...(body.length > 0 ? { body } : {}) } };
  }
  if (parameters.length > 0 && /^application\/x-www-form-urlencoded/i.test(mediaType)) {
    const form = parameters.map((item) => {
      const { name, value } = objectOf(item);
      return [textOf(name) ?? "", textOf(value) ?? ""];
    });
    const body = new Uint8Array(Buffer.from(new URLSearchParams(form).toString()));
    return { request: { method, path, headers, body } };
  }
  const lost = parameters.length > 0 || (numberOf(request["bodySize"]) ?? 0) > 0;
  return {
    request: { method, path, headers },
    ...(lost ? { unusable: REQUEST_LOST } : {}),
  };
}

/** Some recorders keep the media type of a body beside it alone. */
function withContentType(headers: readonly HeaderLine[], mediaType: string): readonly HeaderLine[] {
  const isKnown = mediaType === "" || headerOf(headers, "content-type") !== undefined;
  return isKnown ? headers : [...headers, ["content-type", mediaType]];
}

function readFailure(value: unknown): TransportFailure | undefined {
  const code = textOf(objectOf(value)["code"]);
  return code === undefined ? undefined : { code, message: textOf(objectOf(value)["message"]) ?? code };
}

const REQUEST_LOST = "the recording lacks the request's body";
const RESPONSE_LOST = "the recording lacks the response's body";

type Answer =
  | { readonly response: HttpResponse; readonly gaps: readonly string[] }
  | { readonly unusable: string };

function readResponse(
  response: JsonObject,
  extension: JsonObject,
  durationMs: number,
  method: string,
  attachments: Attachments,
): Answer {
  const status = numberOf(response["status"]) ?? 0;
  if (status < 100 || status > 999) {
    const why = textOf(response["_error"]) ?? textOf(response["_failureText"]);
    return { unusable: `no response was recorded${why === undefined ? "" : ` (${why})`}` };
  }
  const headers = readHeaders(response["headers"]);
  const isOurs = textOf(extension["caseId"]) !== undefined;
  const content = objectOf(response["content"]);
  const ours = textOf(extension["wireBody"]);
  const recorded =
    ours === undefined ? readContent(response, headers, status, method, attachments) : undefined;
  const body = ours === undefined ? recorded : new Uint8Array(Buffer.from(ours, "base64"));
  if (body === undefined) return { unusable: RESPONSE_LOST };
  if (!isOurs && headers.length === 0 && (textOf(content["mimeType"]) ?? "") !== "")
    return { unusable: "the recording lacks the response's headers" };
  const message = {
    status,
    body,
    durationMs,
    ...(extension["truncated"] === true ? { truncated: true } : {}),
  };
  if (isOurs) return { response: { ...message, headers }, gaps: [] };
  if (isShortened(content, body)) return { unusable: "the recording has only part of the response's body" };
  const told = textOf(content["text"]) === undefined ? headers : headersAsWritten(headers, content);
  return withoutLostFraming({ ...message, headers: told }, method);
}

/** The recorded content; `undefined` when there was one and it was not kept. */
function readContent(
  response: JsonObject,
  headers: readonly HeaderLine[],
  status: number,
  method: string,
  attachments: Attachments,
): Uint8Array | undefined {
  const content = objectOf(response["content"]);
  const mediaType = headerOf(headers, "content-type") ?? textOf(content["mimeType"]) ?? "";
  const text = textOf(content["text"]);
  // Browsers give a 304 the response body that they had kept (RFC 9110, section 15.4.5: it has none).
  if (status === 304) return new Uint8Array();
  const size = numberOf(content["size"]) ?? 0;
  if (text === "" && size > 0 && method !== "HEAD") return undefined;
  if (text !== undefined) return recordedBytes(text, content["encoding"], mediaType);
  const file = textOf(content["_file"]);
  if (file !== undefined) return attachments.get(file);
  const bodiless = method === "HEAD" || status === 204 || status < 200;
  // Browsers say `bodySize: 0` of what came from their cache: nothing was on the wire, whatever its size.
  const empty =
    size <= 0 &&
    (content["size"] === 0 || response["bodySize"] === 0 || headerOf(headers, "content-length") === "0");
  return bodiless || empty ? new Uint8Array() : undefined;
}

/** HAR 1.2: `size` is the content's length after decoding. A byte order mark may have been dropped from the text. */
function isShortened(content: JsonObject, body: Uint8Array): boolean {
  const size = numberOf(content["size"]) ?? 0;
  const text = textOf(content["text"]);
  if (text === undefined || size <= 0) return false;
  // In a charset of two or four bytes a character the size says nothing of the text's UTF-8 bytes.
  if (content["encoding"] !== "base64" && !isUtf8(mediaTypeOf(content))) return false;
  return size - body.length > BYTE_ORDER_MARK;
}

const BYTE_ORDER_MARK = 3;
const mediaTypeOf = (content: JsonObject) => textOf(content["mimeType"]) ?? "";

/** A text that can't be taken back to the charset that it came in is judged as UTF-8, and its header says so. */
function headersAsWritten(headers: readonly HeaderLine[], content: JsonObject): readonly HeaderLine[] {
  const text = textOf(content["text"]) ?? "";
  if (content["encoding"] === "base64") return headers;
  return headers.map(([name, value]): HeaderLine => {
    if (name.toLowerCase() !== "content-type" || staysInCharset(text, value)) return [name, value];
    return [name, value.replace(/(;\s*charset=)("[^"]*"|[^;\s]*)/i, "$1utf-8")];
  });
}

/**
 * Most recorders keep the content as decoded and the headers as sent: a coding that is no longer there, and a length
 * that was true of other bytes, would be blamed on the server. Both are taken out, and said.
 */
function withoutLostFraming(response: HttpResponse, method: string): Answer {
  const codings = contentCodings(response.headers);
  const decodedAlready =
    codings.length > 0 && response.body.length > 0 && !("body" in decodeBody(response.body, codings));
  const declared = headerOf(response.headers, "content-length");
  const lengthLost =
    declared !== undefined &&
    method !== "HEAD" &&
    response.status !== 304 &&
    (decodedAlready || Number(declared) !== response.body.length);
  const gone = [...(decodedAlready ? ["content-encoding"] : []), ...(lengthLost ? ["content-length"] : [])];
  return {
    response: {
      ...response,
      headers: response.headers.filter(([name]) => !gone.includes(name.toLowerCase())),
    },
    gaps: gone.map((name) => `the recording has the decoded body, so ${name} can't be judged`),
  };
}
