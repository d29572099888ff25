import type { Contract, MediaType, Operation, Parameter } from "../contract/contract.ts";
import { isObject } from "../contract/json-object.ts";
import { joinPointer } from "../contract/json-pointer.ts";
import { operationAt, type PathMatch, type PathTable } from "../contract/match-operation.ts";
import { headerValue } from "../http/header-value.ts";
import { mediaTypeMatches, type ParsedMediaType, parseMediaType } from "../http/media-type.ts";
import type { HttpRequest } from "../http/message.ts";
import { type Oracle, SchemaError } from "../schema/oracle.ts";
import { bodyKind } from "./body-kind.ts";
import { closestReading } from "./closest-reading.ts";
import { decodeContent, readBodyValue } from "./decode-body.ts";
import type { RequestViolation } from "./deviation.ts";
import { formFields } from "./form-fields.ts";
import { securityViolations } from "./judge-credentials.ts";
import { parameterAccepts, parameterReadings } from "./parse-parameter.ts";
import { readForm } from "./read-form.ts";
import { parameterText } from "./request-texts.ts";

export interface JudgedRequest {
  /** The operation that the request asks for; undefined when the path or the method isn't documented. */
  readonly operation?: Operation;
  /** The documented path that the request fits. */
  readonly path?: string;
  readonly violations: readonly RequestViolation[];
  /** What the oracle can't judge of it. */
  readonly notJudged: readonly string[];
}

/** What a request, whoever sent it, breaks of the contract: its parameters, its body, its credentials. */
export function judgeRequest(
  contract: Contract,
  oracle: Oracle,
  paths: PathTable,
  request: HttpRequest,
): JudgedRequest {
  const match = paths.match(request.path.split("?")[0] ?? "");
  if (!match) return { violations: [], notJudged: [] };
  const operation = operationAt(contract, request.method, match.path);
  if (!operation) return { path: match.path, violations: [], notJudged: [] };
  const notJudged: string[] = [];
  const violations = [
    ...parameterViolations(oracle, operation, match, request),
    ...bodyViolations(oracle, operation, request, notJudged),
    ...securityViolations(contract, operation, request),
  ];
  return { operation, path: match.path, violations, notJudged };
}

function* parameterViolations(
  oracle: Oracle,
  operation: Operation,
  match: PathMatch,
  request: HttpRequest,
): Generator<RequestViolation> {
  for (const parameter of operation.parameters) {
    const { name, in: where } = parameter;
    const text = parameterText(request, match, parameter, operation);
    if (text === undefined || (text.values.length === 0 && !mayBeSpread(oracle, parameter))) {
      if (parameter.required)
        yield {
          pointer: joinPointer(parameter.pointer, "required"),
          keyword: "required",
          in: where,
          name,
          message: `the ${where} parameter ${name} is missing`,
        };
    } else if (parameter.schema !== undefined && !parameterAccepts(parameter, text, oracle, "request")) {
      // The same place as in a case that was made to break it: what the likeliest reading breaks first.
      const readings = parameterReadings(parameter, text, oracle, "request");
      const reading = closestReading(oracle, parameter.schema, "request", readings);
      const [broken] =
        oracle.compile(parameter.schema, "request") instanceof SchemaError
          ? []
          : oracle.violations(parameter.schema, "request", reading);
      yield {
        pointer: broken?.pointer ?? parameter.schema,
        keyword: broken?.keyword ?? "schema",
        in: where,
        name,
        message: `the ${where} parameter ${name} breaks its schema: ${broken?.message ?? "it has no valid reading"}`,
      };
    }
  }
}

/** Only an object is spread over names that aren't the parameter's own. */
function mayBeSpread(oracle: Oracle, { schema, mediaType }: Parameter): boolean {
  if (mediaType !== undefined || schema === undefined) return false;
  const { schema: followed } = oracle.follow(schema);
  const types = isObject(followed) ? followed["type"] : undefined;
  return types === undefined || [types].flat().includes("object");
}

function* bodyViolations(
  oracle: Oracle,
  { requestBody }: Operation,
  request: HttpRequest,
  notJudged: string[],
): Generator<RequestViolation> {
  if (!requestBody) return;
  if (!request.body || request.body.length === 0) {
    if (requestBody.required)
      yield {
        pointer: joinPointer(requestBody.pointer, "required"),
        keyword: "required",
        in: "body",
        message: "the body is missing",
      };
    return;
  }
  const raw = headerValue(request.headers, "content-type") ?? "";
  const contentType = parseMediaType(raw);
  const mediaType =
    contentType && requestBody.contents.find(({ name }) => mediaTypeMatches(name, contentType));
  if (!contentType || !mediaType) {
    yield {
      pointer: joinPointer(requestBody.pointer, "content"),
      keyword: "content",
      in: "body",
      message: `the media type ${raw || "(none)"} isn't documented`,
    };
    return;
  }
  if (mediaType.schema === undefined) return;
  const kind = bodyKind(mediaType, contentType);
  if (kind === "binary") return; // no schema describes bytes
  if (kind === "unsupported") {
    notJudged.push(
      `request bodies of the media type ${contentType.type}/${contentType.subtype} aren't judged by a schema`,
    );
    return;
  }
  const value = readRequestBody(oracle, mediaType, mediaType.schema, request, contentType, kind);
  if ("fault" in value) {
    yield {
      pointer: mediaType.pointer,
      keyword: "content",
      in: "body",
      message: `the body can't be read: ${value.fault}`,
    };
    return;
  }
  yield* schemaViolations(oracle, mediaType.schema, value.value);
}

function readRequestBody(
  oracle: Oracle,
  mediaType: MediaType,
  schema: string,
  { body = new Uint8Array(), headers }: HttpRequest,
  contentType: ParsedMediaType,
  kind: "json" | "text" | "form" | "multipart",
): { readonly value: unknown } | { readonly fault: string } {
  const decoded = decodeContent(body, headerValue(headers, "content-encoding"));
  if ("fault" in decoded) return { fault: decoded.fault.message };
  if (kind === "form" || kind === "multipart") {
    const fields = formFields(decoded.bytes, contentType);
    return fields === undefined
      ? { fault: "it isn't the form that its media type says" }
      : { value: readForm(oracle, mediaType, schema, fields) };
  }
  const read = readBodyValue(decoded.bytes, contentType);
  return "fault" in read ? { fault: read.fault.message } : read;
}

function* schemaViolations(oracle: Oracle, schema: string, value: unknown): Generator<RequestViolation> {
  try {
    for (const { pointer, keyword, instance, message } of oracle.violations(schema, "request", value)) {
      yield { pointer, keyword, in: "body", ...(instance === "" ? {} : { name: instance }), message };
    }
  } catch (error) {
    if (!(error instanceof SchemaError)) throw error;
    yield { pointer: schema, keyword: "schema", in: "body", message: error.message };
  }
}
