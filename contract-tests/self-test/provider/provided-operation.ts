import { isObject, type JsonObject, listOr } from "../../harness/contract/json-object.ts";
import { joinPointer } from "../../harness/contract/json-pointer.ts";
import { dereferenced } from "./value-judge.ts";

export interface ProvidedParameter {
  readonly name: string;
  /** Where it stands, references followed. */
  readonly pointer: string;
  readonly in: "path" | "query" | "header" | "cookie";
  readonly required: boolean;
  readonly style: string;
  readonly explode: boolean;
  /** Where its schema stands; undefined when any value goes. */
  readonly schema: string | undefined;
  /** It is described by `content`: its value is JSON. */
  readonly json: boolean;
}

/** An operation as the provider reads it out of the document, with pointers to its schemas. */
export interface ProvidedOperation {
  /** `POST /v1/things/{id}`. */
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly pathPattern: RegExp;
  readonly pointer: string;
  readonly parameters: readonly ProvidedParameter[];
  readonly requestBody: ProvidedBody | undefined;
  readonly responses: ReadonlyMap<string, ProvidedResponse>;
  /** Alternatives, each the names of the schemes that go together. */
  readonly security: readonly (readonly string[])[];
}

export interface ProvidedBody {
  readonly required: boolean;
  readonly pointer: string;
  readonly contents: readonly ProvidedContent[];
}

export interface ProvidedContent {
  readonly mediaType: string;
  readonly pointer: string;
  readonly schema: string | undefined;
}

export interface ProvidedResponse {
  readonly pointer: string;
  readonly contents: readonly ProvidedContent[];
  readonly headers: readonly ProvidedHeader[];
}

export interface ProvidedHeader {
  readonly name: string;
  readonly required: boolean;
  readonly pointer: string;
  readonly schema: string | undefined;
}

const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/** Every operation of the document, paths without parameters first, as OpenAPI 3.1 section 4.8.8.2 has it. */
export function providedOperations(document: JsonObject): readonly ProvidedOperation[] {
  const operations: ProvidedOperation[] = [];
  for (const [path, reference] of entriesOf(document["paths"])) {
    const [pathItem, pathPointer] = place(document, reference, joinPointer("/paths", path));
    for (const method of methods) {
      const operation = pathItem[method];
      if (isObject(operation)) {
        operations.push(read(document, path, pathItem, pathPointer, method, operation));
      }
    }
  }
  return operations.sort((a, b) => a.path.split("{").length - b.path.split("{").length);
}

function read(
  document: JsonObject,
  path: string,
  pathItem: JsonObject,
  pathPointer: string,
  method: string,
  operation: JsonObject,
): ProvidedOperation {
  const pointer = joinPointer(pathPointer, method);
  const parameters = new Map<string, ProvidedParameter>();
  for (const [owner, at] of [
    [pathItem, pathPointer],
    [operation, pointer],
  ] as const) {
    for (const [index, item] of listOr(owner["parameters"]).entries()) {
      const parameter = readParameter(document, item, joinPointer(at, "parameters", index));
      parameters.set(`${parameter.in} ${parameter.name}`, parameter);
    }
  }
  const responses = new Map<string, ProvidedResponse>();
  for (const [status, item] of entriesOf(operation["responses"])) {
    const [response, at] = place(document, item, joinPointer(pointer, "responses", status));
    responses.set(status, {
      pointer: at,
      contents: contentsOf(response, at),
      headers: headersOf(document, response, at),
    });
  }
  const [body, bodyAt] = place(document, operation["requestBody"], joinPointer(pointer, "requestBody"));
  const security = operation["security"] ?? document["security"];
  return {
    id: `${method.toUpperCase()} ${path}`,
    method: method.toUpperCase(),
    path,
    pathPattern: patternOf(path),
    pointer,
    parameters: [...parameters.values()],
    requestBody:
      operation["requestBody"] === undefined
        ? undefined
        : { required: body["required"] === true, pointer: bodyAt, contents: contentsOf(body, bodyAt) },
    responses,
    security: listOr(security).map((alternative) => (isObject(alternative) ? Object.keys(alternative) : [])),
  };
}

function readParameter(document: JsonObject, item: unknown, itemPointer: string): ProvidedParameter {
  const [parameter, pointer] = place(document, item, itemPointer);
  const where = String(parameter["in"]);
  const location = where === "path" || where === "query" || where === "cookie" ? where : "header";
  const style = String(
    parameter["style"] ?? (location === "query" || location === "cookie" ? "form" : "simple"),
  );
  const [content] = contentsOf(parameter, pointer);
  return {
    name: String(parameter["name"]),
    pointer,
    in: location,
    required: location === "path" || parameter["required"] === true,
    style,
    explode: typeof parameter["explode"] === "boolean" ? parameter["explode"] : style === "form",
    schema: parameter["schema"] === undefined ? content?.schema : joinPointer(pointer, "schema"),
    json: content !== undefined,
  };
}

function contentsOf(owner: JsonObject, pointer: string): readonly ProvidedContent[] {
  return entriesOf(owner["content"]).map(([mediaType, content]) => {
    const at = joinPointer(pointer, "content", mediaType);
    const hasSchema = isObject(content) && content["schema"] !== undefined;
    return { mediaType, pointer: at, schema: hasSchema ? joinPointer(at, "schema") : undefined };
  });
}

function headersOf(document: JsonObject, response: JsonObject, pointer: string): readonly ProvidedHeader[] {
  // OpenAPI 3.1, section 4.8.17: a header named Content-Type is ignored.
  const named = entriesOf(response["headers"]).filter(([name]) => name.toLowerCase() !== "content-type");
  return named.map(([name, item]) => {
    const [header, at] = place(document, item, joinPointer(pointer, "headers", name));
    const schema = header["schema"] === undefined ? undefined : joinPointer(at, "schema");
    return { name, required: header["required"] === true, pointer: at, schema };
  });
}

/** The object behind a reference, and where it stands. */
function place(document: JsonObject, item: unknown, pointer: string): readonly [JsonObject, string] {
  let [at, where] = [item, pointer];
  while (isObject(at) && typeof at["$ref"] === "string") {
    where = decodeURIComponent(at["$ref"].slice(1));
    at = dereferenced(document, { $ref: `#${where}` });
  }
  return [isObject(at) ? at : {}, where];
}

function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  return isObject(value) ? Object.entries(value).filter(([name]) => !name.startsWith("x-")) : [];
}

function patternOf(path: string): RegExp {
  const source = path
    .split(/(\{[^}]*\})/)
    .map((part) => (part.startsWith("{") ? "([^/]*)" : part.replaceAll(/[.*+?^$()|[\]\\]/g, "\\$&")));
  return new RegExp(`^${source.join("")}$`);
}

/** Names of the path's parameters, in order. */
export function pathNames(path: string): readonly string[] {
  return [...path.matchAll(/\{([^}]*)\}/g)].map(([, name]) => name ?? "");
}
