import { STATUS_CODES } from "node:http";
import type { Exchange, Finding } from "../checks/finding.ts";
import { contentCodings, decodeBody } from "../http/content-coding.ts";
import type { HeaderLine, HttpRequest, HttpResponse, TransportFailure } from "../http/message.ts";
import type { RecordedDue, RecordedFinding } from "../run/recorded-exchange.ts";
import type { TargetKind } from "../run/target.ts";

/**
 * What HAR 1.2 has no field for, in a custom field (section "Custom fields": names begin with an underscore), so that
 * a recording read back is judged exactly as the run that made it.
 */
export interface HarExtension {
  readonly caseId: string;
  /** What was expected, by the contract that the recording names. */
  readonly due: RecordedDue;
  /** If secrets were redacted: what was found before. */
  readonly found?: readonly RecordedFinding[];
  /** If the target may have faults that say nothing about the contract: what was reported of it, and nothing more will be. */
  readonly told?: readonly RecordedFinding[];
  readonly failure?: TransportFailure;
  readonly truncated?: true;
  /** Base64 of the response body before its content coding was undone. */
  readonly wireBody?: string;
}

export const EXTENSION = "_conformance";

/** What our own recording says about its run, in the same custom field of its log. */
export interface HarMaker {
  /** Hash of the contract that was judged by. */
  readonly contract: string;
  readonly target: TargetKind;
  /** Base URL of the target; what follows it in an entry's URL is the path of the request. */
  readonly address: string;
}

interface TextOrBase64 {
  readonly text: string;
  readonly encoding?: "base64";
}

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function textOrBase64(body: Uint8Array): TextOrBase64 {
  try {
    return { text: strict.decode(body) };
  } catch {
    return { text: Buffer.from(body).toString("base64"), encoding: "base64" };
  }
}

const pairs = (lines: readonly HeaderLine[]) => lines.map(([name, value]) => ({ name, value }));

function headerValue(lines: readonly HeaderLine[], name: string): string {
  return lines.find(([key]) => key.toLowerCase() === name)?.[1] ?? "";
}

function requestCookies(lines: readonly HeaderLine[]) {
  return headerValue(lines, "cookie")
    .split(/;\s*/)
    .filter((pair) => pair.includes("="))
    .map((pair) => ({ name: pair.slice(0, pair.indexOf("=")), value: pair.slice(pair.indexOf("=") + 1) }));
}

function responseCookies(lines: readonly HeaderLine[]) {
  return lines
    .filter(([name]) => name.toLowerCase() === "set-cookie")
    .flatMap(([, value]) => requestCookies([["cookie", value.split(";")[0] ?? ""]]));
}

function queryString(path: string) {
  const query = path.split("?").slice(1).join("?");
  return [...new URLSearchParams(query)].map(([name, value]) => ({ name, value }));
}

function harRequest(request: HttpRequest, address: string) {
  const { body } = request;
  const content = body === undefined ? undefined : textOrBase64(body);
  return {
    method: request.method,
    url: address.replace(/\/$/, "") + request.path,
    httpVersion: "HTTP/1.1",
    cookies: requestCookies(request.headers),
    headers: pairs(request.headers),
    queryString: queryString(request.path),
    ...(content === undefined
      ? {}
      : {
          postData: {
            mimeType: headerValue(request.headers, "content-type"),
            text: content.text,
            // HAR has no encoding for request bodies: a custom field again.
            ...(content.encoding === undefined ? {} : { _encoding: content.encoding }),
          },
        }),
    headersSize: -1,
    bodySize: body?.length ?? 0,
  };
}

function harResponse(response: HttpResponse) {
  const codings = contentCodings(response.headers);
  const decoding = decodeBody(response.body, codings);
  const body = "body" in decoding ? decoding.body : response.body;
  const wireBody =
    codings.length > 0 ? { wireBody: Buffer.from(response.body).toString("base64") } : undefined;
  const har = {
    status: response.status,
    statusText: STATUS_CODES[response.status] ?? "",
    httpVersion: "HTTP/1.1",
    cookies: responseCookies(response.headers),
    headers: pairs(response.headers),
    content: {
      size: body.length,
      ...(body === response.body ? {} : { compression: body.length - response.body.length }),
      mimeType: headerValue(response.headers, "content-type"),
      ...textOrBase64(body),
    },
    redirectURL: headerValue(response.headers, "location"),
    headersSize: -1,
    bodySize: response.body.length,
  };
  return { har, wireBody };
}

function recordedFinding({ id, check, severity, operation, pointer, ...finding }: Finding): RecordedFinding {
  const { message, expected, actual } = finding;
  const [kind = "", at] = id.slice([check, operation, pointer, ""].join(" | ").length).split(" | ");
  return { check, kind, pointer, ...(at === undefined ? {} : { at }), severity, message, expected, actual };
}

/** What HAR readers expect where no response came: status 0. */
const NO_RESPONSE = {
  status: 0,
  statusText: "",
  httpVersion: "",
  cookies: [],
  headers: [],
  content: { size: 0, mimeType: "" },
  redirectURL: "",
  headersSize: -1,
  bodySize: -1,
};

/**
 * One exchange, already redacted, as a HAR 1.2 entry.
 *
 * @param findings what was found in it, redacted as well
 * @param target where it was sent, its address redacted
 * @param startedAt when the request was sent
 */
export function harEntry(
  exchange: Exchange,
  findings: readonly Finding[],
  { address, target }: Pick<HarMaker, "address" | "target">,
  startedAt: Date,
) {
  const { response, failure } = exchange;
  const answer = response === undefined ? undefined : harResponse(response);
  const time = response?.durationMs ?? 0;
  const { id: caseId, operation, phase, expectation, deviation } = exchange.case;
  const extension: HarExtension = {
    caseId,
    due: { operation, phase, expectation, ...(deviation ? { deviation } : {}) },
    ...(exchange.isRedacted ? { found: findings.map(recordedFinding) } : {}),
    ...(target === "prism" ? { told: findings.map(recordedFinding) } : {}),
    ...(failure === undefined ? {} : { failure }),
    ...(response?.truncated === true ? { truncated: true } : {}),
    ...answer?.wireBody,
  };
  return {
    startedDateTime: startedAt.toISOString(),
    time,
    request: harRequest(exchange.case.request, address),
    response: answer?.har ?? (failure === undefined ? NO_RESPONSE : { ...NO_RESPONSE, _error: failure.code }),
    cache: {},
    timings: { send: 0, wait: time, receive: 0 },
    [EXTENSION]: extension,
  };
}
