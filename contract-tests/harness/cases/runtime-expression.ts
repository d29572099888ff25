import { valueAt } from "../contract/json-pointer.ts";
import { parseJsonText, throwUnlessBadText } from "../contract/large-integer.ts";
import { PathTable } from "../contract/match-operation.ts";
import { headerValue } from "../http/header-value.ts";
import type { Answered } from "./answered.ts";

/**
 * What a value of a Link stands for (OpenAPI 3.1, section 4.8.20.4): a runtime expression, a text with expressions in
 * braces, or a constant. Undefined when the exchange doesn't have what it names.
 */
export function evaluate(value: unknown, answered: Answered): unknown {
  if (typeof value !== "string") return value;
  if (value.startsWith("$")) return evaluateExpression(value, answered);
  let isWhole = true;
  const text = value.replace(/\{(\$[^{}]+)\}/g, (_, expression: string) => {
    const part = evaluateExpression(expression, answered);
    isWhole &&= part !== undefined;
    return String(part);
  });
  return isWhole ? text : undefined;
}

function evaluateExpression(expression: string, answered: Answered): unknown {
  const { operation, request, response, body } = answered;
  if (expression === "$url") return request.path;
  if (expression === "$method") return request.method;
  if (expression === "$statusCode") return response.status;
  const [, side, source = ""] = /^\$(request|response)\.(.+)$/s.exec(expression) ?? [];
  if (side === undefined) return undefined;
  const message = side === "request" ? request : response;
  const header = /^header\.(.+)$/.exec(source)?.[1];
  if (header !== undefined) return headerValue(message.headers, header);
  const query = /^query\.(.+)$/.exec(source)?.[1];
  if (query !== undefined) return queryOf(request.path).get(query) ?? undefined;
  const parameter = /^path\.(.+)$/.exec(source)?.[1];
  if (parameter !== undefined) return pathValues(operation.path, request.path).get(parameter);
  const [, pointer] = /^body(?:#(.*))?$/s.exec(source) ?? [];
  if (!source.startsWith("body")) return undefined;
  return valueAt(side === "request" ? jsonOf(request.body) : body, pointer ?? "");
}

function queryOf(path: string): URLSearchParams {
  return new URLSearchParams(path.split("?").slice(1).join("?"));
}

/** The decoded values of a template's parameters in a path that was asked for. */
export function pathValues(template: string, path: string): ReadonlyMap<string, string> {
  const match = new PathTable([template]).match(path.split("?")[0] ?? "");
  return new Map([...(match?.values ?? [])].map(([name, raw]) => [name, decoded(raw)]));
}

function decoded(raw: string): string {
  try {
    return decodeURIComponent(raw);
  } catch {
    return raw;
  }
}

/** The JSON value of a request's body; undefined when it is none. */
export function jsonOf(body: Uint8Array | undefined): unknown {
  if (!body) return undefined;
  try {
    return parseJsonText(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch (error) {
    throwUnlessBadText(error);
    return undefined;
  }
}

/** A path without its query, each segment encoded in one way, so that equal paths are equal texts. */
export function canonicalPath(path: string): string {
  const [plain = ""] = path.split("?");
  return plain
    .split("/")
    .map((segment) => encodeURIComponent(decoded(segment)))
    .join("/");
}
