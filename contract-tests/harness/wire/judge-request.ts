import type { Contract, Operation, Parameter } from "../contract/contract.ts";
import { joinPointer } from "../contract/json-pointer.ts";
import { operationAt, type PathMatch, type PathTable } from "../contract/match-operation.ts";
import { headerValue } from "../http/header-value.ts";
import { coveringContent, parseMediaType } from "../http/media-type.ts";
import type { HttpRequest } from "../http/message.ts";
import { BeyondBudget } from "../schema/budget.ts";
import { type Oracle, SchemaError } from "../schema/oracle.ts";
import { placeInValue } from "../schema/place-in-value.ts";
import type { Violation } from "../schema/violation.ts";
import { readBody } from "./body.ts";
import type { BodyValue } from "./body-family.ts";
import { closestReading } from "./closest-reading.ts";
import type { RequestViolation } from "./deviation.ts";
import { securityViolations } from "./judge-credentials.ts";
import { mayBeNothing, rawParameter } from "./raw-parameter.ts";
import { parameterReadings } from "./read-parameter.ts";

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
  const match = paths.match(request.path);
  if (!match) return { violations: [], notJudged: [] };
  const operation = operationAt(contract, request.method, match.path);
  if (!operation) return { path: match.path, violations: [], notJudged: [] };
  const notJudged: string[] = [];
  const violations = [
    ...operation.parameters.flatMap((parameter) =>
      judged(notJudged, () =>
        [parameterViolation(contract, oracle, operation, parameter, match, request) ?? []].flat(),
      ),
    ),
    ...judged(notJudged, () => [...bodyViolations(oracle, operation, request, notJudged)]),
    ...securityViolations(contract, operation, request),
  ];
  return { operation, path: match.path, violations, notJudged };
}

/** What takes more than the oracle looks at is told. */
function judged(notJudged: string[], judge: () => readonly RequestViolation[]): readonly RequestViolation[] {
  try {
    return judge();
  } catch (error) {
    if (!(error instanceof BeyondBudget)) throw error;
    notJudged.push(error.message);
    return [];
  }
}

/** What a request breaks of one parameter; undefined when it breaks nothing. */
export function parameterViolation(
  contract: Contract,
  oracle: Oracle,
  operation: Operation,
  parameter: Parameter,
  match: PathMatch,
  request: HttpRequest,
): RequestViolation | undefined {
  const { name, in: where, schema, required } = parameter;
  const raw = rawParameter(contract, oracle, operation, parameter, request, match);
  const readings = parameterReadings(parameter, raw, oracle, "request");
  if (readings === undefined) {
    if (!required || mayBeNothing(oracle, parameter)) return undefined;
    return {
      pointer: joinPointer(parameter.pointer, "required"),
      keyword: "required",
      in: where,
      name,
      message: `the ${where} parameter ${name} is missing`,
    };
  }
  if (schema === undefined) return undefined;
  if (parameter.allowEmptyValue && raw.own.length === 1 && raw.own[0] === "") return undefined;
  if (readings.some((reading) => oracle.accepts(schema, "request", reading))) return undefined;
  // The same place as in a case that was made to break it: what the likeliest reading breaks first.
  const reading = closestReading(oracle, schema, "request", readings);
  const [broken] =
    oracle.compile(schema, "request") instanceof SchemaError
      ? []
      : oracle.violations(schema, "request", reading);
  return {
    pointer: broken?.pointer ?? schema,
    keyword: broken?.keyword ?? "schema",
    in: where,
    name,
    ...atOf(oracle, schema, reading, broken),
    message: `the ${where} parameter ${name} doesn't match its schema: ${broken?.message ?? "it has no valid reading"}`,
  };
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
  const mediaType = contentType && coveringContent(requestBody.contents, contentType);
  if (!contentType || !mediaType) {
    yield {
      pointer: joinPointer(requestBody.pointer, "content"),
      keyword: "content",
      in: "body",
      message: `the media type ${raw || "(none)"} isn't documented`,
    };
    return;
  }
  const read = readBody({ oracle, mediaType }, request.body, request.headers, contentType, "request");
  if ("notJudged" in read) notJudged.push(read.notJudged);
  else if ("fault" in read)
    yield {
      pointer: mediaType.pointer,
      keyword: "content",
      in: "body",
      message: `the body can't be read: ${read.fault.message}`,
    };
  else for (const value of read.values) yield* schemaViolations(oracle, value);
}

function* schemaViolations(
  oracle: Oracle,
  { value, schema, name: part }: BodyValue,
): Generator<RequestViolation> {
  if (schema === undefined) return;
  try {
    for (const violation of oracle.violations(schema, "request", value)) {
      const { pointer, keyword, instance, message } = violation;
      const name = part === undefined ? instance : `${part} ${instance}`.trim();
      const at = atOf(oracle, schema, value, violation);
      yield { pointer, keyword, in: "body", ...(name === "" ? {} : { name }), ...at, message };
    }
  } catch (error) {
    if (!(error instanceof SchemaError)) throw error;
    yield { pointer: schema, keyword: "schema", in: "body", message: error.message };
  }
}

function atOf(
  oracle: Oracle,
  schema: string,
  value: unknown,
  violation: Violation | undefined,
): Pick<RequestViolation, "at"> {
  const at = violation && placeInValue(oracle, schema, value, violation);
  return at ? { at } : {};
}
