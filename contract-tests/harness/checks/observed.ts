import type { Answered } from "../cases/answered.ts";
import { objectIn } from "../cases/identify.ts";
import { canonicalPath } from "../cases/runtime-expression.ts";
import { isObject, type JsonObject } from "../contract/json-object.ts";
import { headerValue } from "../http/header-value.ts";
import { coveringContent, parseMediaType } from "../http/media-type.ts";
import { propertyOf } from "../schema/schema-members.ts";
import { readBody } from "../wire/body.ts";
import type { JudgedExchange } from "./check.ts";

/** An exchange as seen by checks that compare several: undefined without a response, or if the method isn't the operation's. */
export function answeredIn({ operation, exchange, response, body }: JudgedExchange): Answered | undefined {
  const { request, expectation } = exchange.case;
  if (!response || expectation === "unsupported-method" || request.method !== operation.method)
    return undefined;
  const value = body.kind === "values" && body.values.length === 1 ? body.values[0]?.value : undefined;
  return { operation, request, response, body: value };
}

/** True for a request that the server may be expected to act on: valid, or not known to be invalid. */
export function isMeant({ exchange }: JudgedExchange): boolean {
  return exchange.case.expectation === "accepted" || exchange.case.expectation === "unknown";
}

/** The concrete path of a request, in the one form in which equal paths are equal texts. */
export function pathIn({ exchange }: JudgedExchange): string {
  return canonicalPath(exchange.case.request.path);
}

/** True when `path` is `above` or lies below it. */
export function isWithin(path: string, above: string): boolean {
  return path === above || path.startsWith(`${above}/`);
}

/** An object with the place of the schema that describes it. */
export interface DescribedObject {
  readonly value: JsonObject;
  readonly schema?: string;
}

/** The object in a response, without its envelope. */
export function objectAnswered(judged: JudgedExchange): DescribedObject | undefined {
  const answered = answeredIn(judged);
  const value = answered && objectIn(answered.body);
  if (!answered || !value) return undefined;
  const whole = judged.mediaType?.schema;
  if (whole === undefined || value === answered.body) return described(value, whole);
  const [name] = Object.entries(answered.body ?? {}).find(([, member]) => member === value) ?? [];
  return described(value, name === undefined ? undefined : propertyOf(judged.oracle, whole, name));
}

/** The object that a request was sent with. */
export function objectSent({ operation, oracle, exchange }: JudgedExchange): DescribedObject | undefined {
  const { body, headers } = exchange.case.request;
  const media = parseMediaType(headerValue(headers, "content-type") ?? "");
  const mediaType = media && coveringContent(operation.requestBody?.contents ?? [], media);
  if (!body || !media || !mediaType) return undefined;
  const read = readBody({ oracle, mediaType }, body, headers, media, "request");
  const value = "values" in read && read.values.length === 1 ? read.values[0]?.value : undefined;
  return isObject(value) ? described(value, mediaType.schema) : undefined;
}

function described(value: JsonObject, schema: string | undefined): DescribedObject {
  return { value, ...(schema === undefined ? {} : { schema }) };
}
