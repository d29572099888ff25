import { fullFormats } from "ajv-formats/dist/formats.js";
import type { MediaType, Operation, Parameter } from "../contract/contract.ts";
import { editedAt } from "../contract/edit-document.ts";
import { isObject, type JsonObject, listOr, objectOr } from "../contract/json-object.ts";
import { joinPointer, valueAt } from "../contract/json-pointer.ts";
import { headerValue } from "../http/header-value.ts";
import { coveringContent, parseMediaType } from "../http/media-type.ts";
import type { HttpRequest } from "../http/message.ts";
import type { Oracle } from "../schema/oracle.ts";
import { admits, admittedTypes } from "../wire/admitted-types.ts";
import { readBody } from "../wire/body.ts";
import { editObjects, without } from "./edit-schemas.ts";
import { type Evidence, isAccepted, isLostConnection, isRefused, type MockLimit } from "./evidence.ts";
import { editedContract, provesAnswer, type Reading } from "./re-judge.ts";

/** What Prism is known to read otherwise in requests: each judges the case again by Prism's rule. */
export const requestLimits: readonly MockLimit[] = [
  limit(
    "uncompiled-schema-accepts-all",
    "Prism's translation of a schema doesn't compile; Prism then accepts any value of that body, or of all parameters in that location.",
    (evidence) => {
      const { operation, prism, exchange } = evidence;
      const place = exchange.case.deviation?.in;
      if (place !== "body" && place !== "query" && place !== "header" && place !== "path") return undefined;
      if (prism.uncompiled(operation.method, operation.path, place) === undefined) return undefined;
      return place === "body"
        ? withOperation(evidence, bodyUnjudged)
        : withOperation(evidence, withoutParametersOf(place));
    },
  ),
  limit(
    "null-body-accepted",
    "Prism treats a JSON body of `null` as no body, and validates nothing.",
    (evidence) =>
      bodyText(evidence) === "null"
        ? withOperation(evidence, ({ requestBody: _, ...rest }) => rest)
        : undefined,
  ),
  limit("discriminators-not-read", "Prism ignores discriminators.", ({ contract }) =>
    editedContract(contract, "discriminators", (document) =>
      editObjects(document, (object) =>
        isObject(object["discriminator"]) ? without(object, new Set(["discriminator"])) : object,
      ),
    ),
  ),
  limit(
    "format-not-known",
    "Prism checks only the formats of `ajv-formats`, which lacks `idn-email`, `idn-hostname`, `iri` and `iri-reference`, and accepts more as a `url`.",
    ({ contract }) => editedContract(contract, "formats", (document) => editObjects(document, asAjvFormats)),
  ),
  limit("cookies-not-validated", "Prism doesn't validate cookie parameters.", (evidence) =>
    withOperation(evidence, withoutParametersOf("cookie")),
  ),
  limit(
    "empty-parameter-accepted",
    "Prism treats an empty query parameter as absent, and doesn't validate it.",
    (evidence) => withQuery(evidence, (pairs) => pairs.filter((pair) => /=./.test(pair))),
  ),
  limit(
    "object-text-not-validated",
    "Prism accepts any text for an object whose properties are written as one text.",
    (evidence) =>
      withParameters(evidence, (one) =>
        admits(evidence.oracle, one.schema, "object") && (/^(label|simple)$/.test(one.style) || !one.explode)
          ? unjudged(one)
          : one,
      ),
  ),
  limit(
    "only-last-of-repeated-validated",
    "Prism validates only the last value of a query parameter that is sent several times.",
    (evidence) =>
      withQuery(evidence, (pairs) => {
        const last = new Map(pairs.map((pair) => [pair.split("=")[0] ?? pair, pair]));
        return [...last.values()];
      }),
  ),
  limit(
    "list-in-choice-not-read",
    "Prism reads a parameter as a list only if `type` itself says so: a list in a `oneOf` or `anyOf`, or among several types, is rejected.",
    ({ contract, operation, oracle }) =>
      editedContract(contract, `lists in choices ${operation.id}`, (document) =>
        operation.parameters.reduce((edited, { schema }) => {
          const top = schema === undefined ? undefined : oracle.follow(schema).pointer;
          return top === undefined ? edited : withoutListBranches(edited, top, oracle);
        }, document),
      ),
  ),
  limit(
    "form-extras-dropped",
    "Prism drops the undocumented parts of a form before validating it.",
    (evidence) => {
      const mediaType = sentMediaType(evidence);
      if (mediaType?.schema === undefined || !isForm(mediaType)) return undefined;
      const { contract, oracle } = evidence;
      const top = oracle.follow(mediaType.schema).pointer;
      const places = [
        top,
        ...listOr(valueAt(contract.document, joinPointer(top, "allOf"))).map(
          (_, index) => oracle.follow(joinPointer(top, "allOf", index)).pointer,
        ),
      ];
      return editedContract(contract, `form extras ${top}`, (document) =>
        places.reduce(
          (at, place) => editedAt(at, joinPointer(place, "additionalProperties"), undefined),
          document,
        ),
      );
    },
  ),
  limit(
    "unevaluated-unknown",
    "Prism compiles schemas as an older draft, which doesn't know `unevaluatedProperties`.",
    ({ contract }) =>
      editedContract(contract, "unevaluated", (document) =>
        editObjects(document, (object) =>
          without(object, new Set(["unevaluatedProperties", "unevaluatedItems"])),
        ),
      ),
  ),
  {
    name: "multipart-array-of-one-refused",
    cause: "Prism reads the parts of a multipart body as single texts: an array of parts is rejected.",
    fits: (evidence) => {
      const mediaType = sentMediaType(evidence);
      const parts = mediaType && partsOf(evidence, mediaType);
      if (!isRefused(evidence) || mediaType?.schema === undefined || !parts) return false;
      const breaks = (value: JsonObject) =>
        evidence.oracle.violations(mediaType.schema ?? "", "request", value).length > 0;
      // With its arrays it is valid; with their last texts, as Prism has them, it isn't.
      return !breaks(parts) && breaks(lastTexts(parts));
    },
  },
  {
    name: "multipart-style-applied",
    cause:
      "Prism reads the parts of a multipart body by the `style` of their encoding, which OpenAPI 3.0 limits to `application/x-www-form-urlencoded`.",
    fits: (evidence) => {
      const { complaint, operation, oracle, prism } = evidence;
      const mediaType = sentMediaType(evidence);
      if (mediaType?.schema === undefined || !mediaType.name.startsWith("multipart/")) return false;
      const texts = partTexts(evidence, mediaType);
      const parts = prism.styledParts(operation.method, operation.path, texts);
      if (parts === undefined || parts === "throws") return parts === "throws" && isLostConnection(evidence);
      const broken = oracle.violations(mediaType.schema, "request", parts);
      if (isRefused(evidence)) return broken.length > 0;
      return isAccepted(evidence) && !broken.some(({ pointer }) => pointer === complaint.pointer);
    },
  },
  {
    name: "multipart-reserved-refused",
    cause:
      "Prism rejects reserved characters in the parts of a multipart body that have an encoding, as if they were in a URL.",
    fits: (evidence) => {
      const mediaType = sentMediaType(evidence);
      if (!isRefused(evidence) || !mediaType?.name.startsWith("multipart/")) return false;
      const { method, path } = evidence.operation;
      return evidence.prism.refusesCharacters(method, path, partTexts(evidence, mediaType));
    },
  },
  {
    name: "prism-throws",
    cause:
      "Prism throws while parsing an array or object parameter (one that isn't sent, or that doesn't fit its style), and closes the connection.",
    fits: (evidence) =>
      isLostConnection(evidence) &&
      evidence.prism.throwsOn(
        evidence.operation.method,
        evidence.operation.path,
        evidence.exchange.case.request,
      ),
  },
  limit(
    "ignored-header-validated",
    "Prism validates a header parameter named `Accept`, `Content-Type` or `Authorization`, which OpenAPI says to ignore.",
    (evidence) =>
      withOperation(evidence, (operation) => ({
        ...operation,
        parameters: [...operation.parameters, ...ignoredHeaders(evidence)],
      })),
  ),
];

/** A limit of the mock that is proved by what the case comes out as by its rule. */
function limit(name: string, cause: string, read: (evidence: Evidence) => Reading | undefined): MockLimit {
  const fits = (evidence: Evidence): boolean => {
    if (!isAccepted(evidence) && !isRefused(evidence)) return false;
    const reading = read(evidence);
    return reading !== undefined && provesAnswer(evidence, reading);
  };
  return { name, cause, fits };
}

function withOperation({ contract, operation }: Evidence, change: (one: Operation) => Operation): Reading {
  const operations = contract.operations.map((one) => (one === operation ? change(one) : one));
  return { contract: { ...contract, operations } };
}

function withoutParametersOf(place: Parameter["in"]): (operation: Operation) => Operation {
  return (operation) => ({
    ...operation,
    parameters: operation.parameters.filter((one) => one.in !== place),
  });
}

function withParameters(evidence: Evidence, change: (one: Parameter) => Parameter): Reading {
  return withOperation(evidence, (operation) => ({
    ...operation,
    parameters: operation.parameters.map(change),
  }));
}

function unjudged({ schema: _, ...parameter }: Parameter): Parameter {
  return parameter;
}

function bodyUnjudged(operation: Operation): Operation {
  const { requestBody } = operation;
  if (!requestBody) return operation;
  const contents = requestBody.contents.map(({ schema: _, ...content }) => content);
  return { ...operation, requestBody: { ...requestBody, contents } };
}

function withQuery(
  { exchange }: Evidence,
  change: (pairs: readonly string[]) => readonly string[],
): Reading | undefined {
  const { request } = exchange.case;
  const [path = "", query] = request.path.split("?", 2);
  if (query === undefined) return undefined;
  const pairs = change(query.split("&"));
  const changed: HttpRequest = { ...request, path: pairs.length === 0 ? path : `${path}?${pairs.join("&")}` };
  return { request: changed };
}

/** The document without the branches of the choices at `pointer` that let nothing but lists through. */
function withoutListBranches(document: JsonObject, pointer: string, oracle: Oracle): JsonObject {
  const types = joinPointer(pointer, "type");
  const listed = listOr(valueAt(document, types)).filter((type) => type !== "array");
  const single = Array.isArray(valueAt(document, types)) ? editedAt(document, types, listed) : document;
  return ["oneOf", "anyOf"].reduce((edited, keyword) => {
    const at = joinPointer(pointer, keyword);
    const kept = listOr(valueAt(document, at)).filter((_, index) => {
      const types = admittedTypes(oracle, joinPointer(at, index));
      return !types?.has("array") || types.size > 1;
    });
    return valueAt(document, at) === undefined ? edited : editedAt(edited, at, kept);
  }, single);
}

const unknownFormats: ReadonlySet<unknown> = new Set(["idn-email", "idn-hostname", "iri", "iri-reference"]);

/** A schema with the formats that `ajv-formats` knows, its `url` written out. */
function asAjvFormats(object: JsonObject): JsonObject {
  const { format, ...others } = object;
  if (unknownFormats.has(format)) return others;
  const url: unknown = fullFormats.url;
  if (format !== "url" || !(url instanceof RegExp)) return object;
  return { ...others, allOf: [...listOr(object["allOf"]), { pattern: url.source }] };
}

function sentMediaType({ exchange, operation }: Evidence): MediaType | undefined {
  const media = parseMediaType(headerValue(exchange.case.request.headers, "content-type") ?? "");
  return media && coveringContent(operation.requestBody?.contents ?? [], media);
}

function isForm({ name }: MediaType): boolean {
  return /^(multipart\/|application\/x-www-form)/.test(name);
}

/** The parts of a multipart body, those that may come several times as arrays. */
function partsOf({ exchange, oracle }: Evidence, mediaType: MediaType): JsonObject | undefined {
  const { body, headers } = exchange.case.request;
  const media = parseMediaType(headerValue(headers, "content-type") ?? "");
  if (!body || media?.type !== "multipart") return undefined;
  const read = readBody({ oracle, mediaType }, body, headers, media, "request");
  const [form] = "values" in read ? read.values : [];
  return isObject(form?.value) ? form.value : undefined;
}

/** The last text of each part, as Prism has it. */
function partTexts(evidence: Evidence, { schema: _, ...mediaType }: MediaType): JsonObject {
  return lastTexts(partsOf(evidence, mediaType) ?? {});
}

function lastTexts(parts: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(parts).map(([name, value]) => [name, asText(Array.isArray(value) ? value.at(-1) : value)]),
  );
}

/** The header parameters that OpenAPI tells to ignore (3.1, section 4.8.12.2.1), wherever references lead to them. */
function ignoredHeaders({ contract, operation }: Evidence): readonly Parameter[] {
  const owners = [operation.pointer, operation.pointer.slice(0, operation.pointer.lastIndexOf("/"))];
  return owners.flatMap((owner) =>
    [...listOr(valueAt(contract.document, joinPointer(owner, "parameters"))).keys()].flatMap(
      (index): Parameter[] => {
        const { value, pointer } = contract.resolve(joinPointer(owner, "parameters", index));
        const { name, in: place, required, schema, explode } = objectOr(value);
        if (place !== "header" || typeof name !== "string") return [];
        if (!/^(accept|content-type|authorization)$/i.test(name)) return [];
        return [
          {
            name,
            in: "header",
            required: required === true,
            style: "simple",
            explode: explode === true,
            allowReserved: false,
            allowEmptyValue: false,
            pointer,
            ...(schema === undefined ? {} : { schema: joinPointer(pointer, "schema") }),
            examples: [],
            credential: false,
          },
        ];
      },
    ),
  );
}

function bodyText({ exchange }: Evidence): string {
  return new TextDecoder().decode(exchange.case.request.body);
}

/** A part that is JSON is a text to Prism. */
function asText(value: unknown): unknown {
  return isObject(value) ? JSON.stringify(value) : value;
}
