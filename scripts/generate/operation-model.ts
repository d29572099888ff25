import type { AnswerForm } from "../../src/calls/operation.ts";
import { InputError } from "../cli/input-error.ts";
import { answerForm, isSeries } from "./answer-form.ts";
import { type Credential, credentialOf } from "./credential.ts";
import { fromPointer, isObject, type Json, type JsonObject, resolve, textAt, valueAt } from "./json.ts";
import { callableId, refuseEqualArguments } from "./names.ts";
import { operationsOf } from "./operations-of.ts";
import type { Parameter, Style } from "./parameter.ts";

export interface Operation {
  /** Names of a call, apart by dots. */
  readonly id: string;
  /** Its type in schema.ts. */
  readonly type: string;
  readonly method: string;
  readonly template: string;
  readonly summary: string | undefined;
  readonly description: string | undefined;
  readonly parameters: readonly Parameter[];
  readonly credential: Credential | undefined;
  readonly body: RequestBody | undefined;
  readonly responses: readonly Response[];
  /** From `x-max-response-bytes`. */
  readonly maxResponseBytes: number | undefined;
  /** From `x-timeout-seconds`. */
  readonly timeoutInSeconds: number | undefined;
  /** Idempotent by its method (RFC 9110 §9.2.2), or declared harmless by `x-safe-to-repeat`. */
  readonly isRepeatable: boolean;
}

export interface RequestBody {
  /** What the client sends: JSON where it is among the documented media types, else the first of them. */
  readonly mediaType: string | undefined;
  readonly required: boolean;
  /** Members of a form that are written in another than the default style. */
  readonly styles: Readonly<Record<string, Style>>;
}

export interface Response {
  readonly status: string;
  readonly isSuccess: boolean;
  /** Each media type with what the client makes of it, and the path of its schema when it has one. */
  readonly content: readonly Content[];
}

export interface Content {
  readonly mediaType: string;
  readonly form: AnswerForm;
  readonly schemaPath: readonly string[] | undefined;
  /** The schema describes a list, of which a series gives the items one after the other. */
  readonly isList: boolean;
}

/** What a call can succeed with; `default` where nothing else is documented as a success. */
export function successesOf({ responses }: Pick<Operation, "responses">): Response[] {
  const documented = responses.filter(({ isSuccess }) => isSuccess);
  return documented.length > 0 ? documented : responses.filter(({ status }) => status === "default");
}

/**
 * Every operation of a document.
 *
 * @throws InputError for names that can't be those of a method, an argument, a header or a cookie, and for what the client
 *   can't send
 */
export function operations(document: JsonObject): Operation[] {
  return operationsOf(document).map(({ operation, template, method, path, item }) => {
    const operationId = operation["operationId"];
    const id = callableId(typeof operationId === "string" ? operationId : `${method}.${template}`);
    const taken = parameters(document, id, [item["parameters"], operation["parameters"]]);
    refuseEqualArguments(
      id,
      taken.filter((parameter) => parameter.in === "path").map(({ name }) => name),
    );
    return {
      id,
      type:
        typeof operationId === "string"
          ? `operations[${JSON.stringify(operationId)}]`
          : `paths[${JSON.stringify(template)}][${JSON.stringify(method)}]`,
      method: method.toUpperCase(),
      template,
      summary: textAt(operation, "summary"),
      description: textAt(operation, "description"),
      parameters: taken,
      credential: credentialOf(document, id, operation["security"], taken),
      body: body(document, operation["requestBody"]),
      responses: responses(document, operation["responses"], [...path.map(String), "responses"]),
      maxResponseBytes: positive(operation, id, "x-max-response-bytes"),
      timeoutInSeconds: positive(operation, id, "x-timeout-seconds"),
      isRepeatable: !["post", "patch"].includes(method) || operation["x-safe-to-repeat"] === true,
    };
  });
}

function positive(operation: JsonObject, id: string, name: string): number | undefined {
  const value = operation[name];
  if (value === undefined || (typeof value === "number" && value > 0 && Number.isFinite(value))) return value;
  throw new InputError(`${id}: ${name} must be a number above 0; correct the overlay that sets it.`);
}

/** Path-level parameters first; an operation's own of the same name and place replaces them (OpenAPI 3.1 §4.8.9). */
function parameters(document: JsonObject, id: string, lists: readonly (Json | undefined)[]): Parameter[] {
  const byPlace = new Map<string, Parameter>();
  for (const entry of lists.flatMap((list) => (Array.isArray(list) ? list : []))) {
    const parameter = resolve(document, entry);
    const { name, in: place, required, schema } = parameter;
    if (typeof name !== "string" || typeof place !== "string") continue;
    if ((place === "header" || place === "cookie") && !/^[\w!#$%&'*+.^`|~-]+$/.test(name))
      throw new InputError(
        `${id}: ${JSON.stringify(name)} can't be the name of a ${place} (RFC 9110 §5.6.2); correct it with an overlay.`,
      );
    if (place === "path" && (parameter["style"] ?? "simple") !== "simple")
      throw new InputError(
        `${id}: the client writes path parameters only in the style "simple", but ${name} has "${parameter["style"]}"; change it with an overlay.`,
      );
    byPlace.set(`${place} ${name}`, {
      name,
      in: place,
      required: required === true,
      description: textAt(parameter, "description"),
      schema: isObject(schema) ? schema : undefined,
      style: place === "query" ? style(parameter) : undefined,
    });
  }
  return [...byPlace.values()];
}

/** `undefined` for `form` that explodes, which is the default. */
function style({ style = "form", explode = style === "form" }: JsonObject): Style | undefined {
  if (typeof style !== "string" || typeof explode !== "boolean" || (style === "form" && explode))
    return undefined;
  return { style, explode };
}

function body(document: JsonObject, value: Json | undefined): RequestBody | undefined {
  if (value === undefined) return undefined;
  const { content, required } = resolve(document, value);
  const types = isObject(content) ? Object.keys(content) : [];
  const mediaType = types.find((type) => answerForm(type, noSchema) === "json") ?? types[0];
  const media = isObject(content) ? content[mediaType ?? ""] : undefined;
  const encoding = isObject(media) && isObject(media["encoding"]) ? media["encoding"] : {};
  const styled = Object.entries(encoding).flatMap(([name, own]) => {
    const found = isObject(own) ? style(own) : undefined;
    return found ? [[name, found] as const] : [];
  });
  return { mediaType, required: required === true, styles: Object.fromEntries(styled) };
}

const noSchema = { isBinary: false, isString: false, isStreamed: false };

function responses(document: JsonObject, value: Json | undefined, path: readonly string[]): Response[] {
  return Object.entries(isObject(value) ? value : {}).map(([status, entry]) => {
    const { content } = resolve(document, entry);
    const reference =
      isObject(entry) && typeof entry["$ref"] === "string" ? fromPointer(entry["$ref"]) : undefined;
    const at = [...(reference ?? [...path, status]), "content"];
    return {
      status,
      isSuccess: /^2(\d\d|XX)$/i.test(status),
      content: Object.entries(isObject(content) ? content : {}).map(([mediaType, media]) =>
        answer(document, mediaType, isObject(media) ? media : {}, [...at, mediaType, "schema"]),
      ),
    };
  });
}

function answer(
  document: JsonObject,
  mediaType: string,
  media: JsonObject,
  path: readonly string[],
): Content {
  const schema = resolve(document, media["schema"]);
  const types = [schema["type"]].flat();
  const form = answerForm(mediaType, {
    isBinary:
      schema["format"] === "binary" ||
      (schema["contentMediaType"] !== undefined && schema["contentEncoding"] === undefined),
    isString: types.includes("string"),
    isStreamed: media["x-stream"] === true,
  });
  const isList = isSeries(form) && types.includes("array") && schema["items"] !== undefined;
  const schemaPath =
    media["schema"] === undefined ? undefined : isList ? listItems(document, media, path) : path;
  return { mediaType, form, schemaPath, isList };
}

/** The place of a list's items, in the component where the list is one. */
function listItems(document: JsonObject, media: JsonObject, path: readonly string[]): readonly string[] {
  let at = path;
  for (let schema = media["schema"]; isObject(schema) && typeof schema["$ref"] === "string"; ) {
    at = fromPointer(schema["$ref"]);
    schema = valueAt(document, at);
  }
  return [...at, "items"];
}
