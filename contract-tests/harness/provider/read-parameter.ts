import type { Parameter } from "../contract/contract.ts";
import { isObject, type JsonObject } from "../contract/json-object.ts";
import { valueAt } from "../contract/json-pointer.ts";
import type { PathTable } from "../contract/match-operation.ts";
import type { ReceivedRequest } from "./handler.ts";
import { pathOf } from "./provided-contract.ts";
import { dereferenced, typesOf } from "./value-judge.ts";

/** A parameter's value as sent; undefined when it wasn't. */
export type ParameterValue = { readonly value: unknown } | undefined;

/**
 * Reads a parameter by its style (OpenAPI 3.1, section 4.8.12.3). Percent-encoding is undone after the delimiters have
 * done their work; numbers and booleans are recognised where the schema asks for them.
 */
export function readParameter(
  document: JsonObject,
  paths: PathTable,
  parameter: Parameter,
  request: ReceivedRequest,
): ParameterValue {
  const schema = parameter.schema === undefined ? {} : valueAt(document, parameter.schema);
  if (parameter.in === "query") return readQuery(document, parameter, schema, queryPairs(request.url));
  const raw = rawText(paths, parameter, request);
  if (raw === undefined) return undefined;
  if (parameter.mediaType !== undefined) return { value: parsedJson(decode(raw)) };
  const decodeText = parameter.in === "path" ? decode : (text: string) => text;
  const [body, delimiter] = withoutPrefix(raw, parameter);
  if (body === undefined) return { value: null };
  return { value: structured(document, schema, body, delimiter, parameter, decodeText) };
}

function rawText(paths: PathTable, parameter: Parameter, request: ReceivedRequest): string | undefined {
  if (parameter.in === "header") return request.headers[parameter.name.toLowerCase()];
  if (parameter.in === "cookie") return cookies(request).get(parameter.name);
  const value = paths.match(pathOf(request.url))?.values.get(parameter.name);
  return value === "" ? undefined : value;
}

export function cookies(request: ReceivedRequest): ReadonlyMap<string, string> {
  const pairs = (request.headers["cookie"] ?? "").split(/;\s*/).filter((pair) => pair.includes("="));
  return new Map(
    pairs.map((pair) => [pair.slice(0, pair.indexOf("=")), decode(pair.slice(pair.indexOf("=") + 1))]),
  );
}

/** Names decoded, values as sent. */
export function queryPairs(url: string): readonly (readonly [string, string])[] {
  const query = url.includes("?") ? url.slice(url.indexOf("?") + 1) : "";
  return query
    .split("&")
    .filter((pair) => pair !== "")
    .map((pair) => {
      const end = pair.includes("=") ? pair.indexOf("=") : pair.length;
      return [decodeQuery(pair.slice(0, end)), pair.slice(end + 1)];
    });
}

/** The text behind the prefix of matrix and label style, and what separates its items; undefined without the prefix. */
function withoutPrefix(
  raw: string,
  { style, explode, name }: Parameter,
): readonly [string | undefined, string] {
  if (style === "label") return [raw.startsWith(".") ? raw.slice(1) : undefined, explode ? "." : ","];
  if (style !== "matrix") return [raw, ","];
  if (!raw.startsWith(`;${name}`)) return [undefined, ","];
  const parts = raw.slice(1).split(";");
  return [
    parts.map((part) => part.slice(part.indexOf("=") + 1)).join(explode ? ";" : ","),
    explode ? ";" : ",",
  ];
}

function readQuery(
  document: JsonObject,
  parameter: Parameter,
  schema: unknown,
  pairs: readonly (readonly [string, string])[],
): ParameterValue {
  const { name, style, explode } = parameter;
  const types = typesOf(document, schema);
  if (style === "deepObject") {
    const own = pairs.filter(([key]) => key.startsWith(`${name}[`) && key.endsWith("]"));
    if (own.length === 0) return undefined;
    return {
      value: objectOf(
        document,
        schema,
        own.map(([key, value]) => [key.slice(name.length + 1, -1), decodeQuery(value)]),
      ),
    };
  }
  if (types.has("object") && explode && parameter.mediaType === undefined) {
    const names = Object.keys(propertiesOf(document, schema));
    const own = pairs.filter(([key]) => names.includes(key));
    return own.length === 0
      ? undefined
      : {
          value: objectOf(
            document,
            schema,
            own.map(([key, value]) => [key, decodeQuery(value)]),
          ),
        };
  }
  const values = pairs.filter(([key]) => key === name).map(([, value]) => value);
  const [first] = values;
  if (first === undefined) return undefined;
  if (parameter.mediaType !== undefined) return { value: parsedJson(decodeQuery(first)) };
  if (types.has("array") && explode) {
    return { value: values.map((value) => typed(document, itemsOf(document, schema), decodeQuery(value))) };
  }
  const delimiter = style === "spaceDelimited" ? /%20|\+| /i : style === "pipeDelimited" ? /\||%7c/i : ",";
  return { value: structured(document, schema, first, delimiter, parameter, decodeQuery) };
}

function structured(
  document: JsonObject,
  schema: unknown,
  text: string,
  delimiter: string | RegExp,
  parameter: Parameter,
  decodeText: (text: string) => string,
): unknown {
  const types = typesOf(document, schema);
  const parts = text === "" ? [] : text.split(delimiter).map(decodeText);
  if (types.has("array")) return parts.map((part) => typed(document, itemsOf(document, schema), part));
  if (types.has("object")) {
    const pairs = parameter.explode
      ? parts.map((part) => [part.slice(0, part.indexOf("=")), part.slice(part.indexOf("=") + 1)] as const)
      : parts.flatMap((part, index) => (index % 2 === 0 ? [[part, parts[index + 1] ?? ""] as const] : []));
    return objectOf(document, schema, pairs);
  }
  return typed(document, schema, decodeText(text));
}

function objectOf(
  document: JsonObject,
  schema: unknown,
  pairs: readonly (readonly [string, string])[],
): unknown {
  const properties = propertiesOf(document, schema);
  return Object.fromEntries(pairs.map(([key, value]) => [key, typed(document, properties[key], value)]));
}

/** The text as the type that the schema asks for, where it reads like one. */
export function typed(document: JsonObject, schema: unknown, text: string): unknown {
  const types = typesOf(document, schema);
  if ((types.has("integer") || types.has("number")) && /^-?(0|[1-9]\d*)(\.\d+)?(e[+-]?\d+)?$/i.test(text))
    return Number(text);
  if (types.has("boolean") && (text === "true" || text === "false")) return text === "true";
  if (types.has("null") && text === "null" && !types.has("string")) return null;
  return text;
}

export function itemsOf(document: JsonObject, schema: unknown): unknown {
  const at = dereferenced(document, schema);
  return isObject(at) ? at["items"] : undefined;
}

export function propertiesOf(document: JsonObject, schema: unknown): JsonObject {
  const at = dereferenced(document, schema);
  return isObject(at) && isObject(at["properties"]) ? at["properties"] : {};
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function decodeQuery(text: string): string {
  return decode(text.replaceAll("+", " "));
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
