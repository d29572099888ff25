import { isDeepStrictEqual } from "node:util";
import { fullFormats } from "ajv-formats/dist/formats.js";
import type { Contract, MediaType, Operation, Parameter } from "../contract/contract.ts";
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
import { type EditedContract, editedContract, provesAnswer, type Reading } from "./re-judge.ts";

/** What Prism is known to read otherwise in requests: each judges the case again by Prism's rule. */
export const requestLimits: readonly MockLimit[] = [
  limit(
    "uncompiled-schema-accepts-all",
    "Prism's translation of a schema doesn't compile, and Prism then accepts every value of that body or of all parameters of that place.",
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
    "null-body-is-none",
    "Prism takes a JSON body of `null` for no body, and validates nothing.",
    (evidence) => {
      if (bodyText(evidence) !== "null") return undefined;
      const { body: _, ...request } = evidence.exchange.case.request;
      return { request };
    },
  ),
  limit(
    "numbers-are-rounded",
    "Prism reads whole numbers beyond 2^53 as binary fractions, which rounds them.",
    (evidence) => {
      const { request } = evidence.exchange.case;
      const rounded = roundedJson(bodyText(evidence));
      return rounded === undefined ? undefined : { request: { ...request, body: Buffer.from(rounded) } };
    },
  ),
  limit("discriminators-not-read", "Prism doesn't read discriminators.", ({ contract }) =>
    withoutDiscriminators(contract),
  ),
  limit(
    "format-not-known",
    "Prism judges by the formats of `ajv-formats` alone, which knows none of `idn-email`, `idn-hostname`, `iri` and `iri-reference`, and takes more texts for a `url`.",
    ({ contract }) => editedContract(contract, "formats", (document) => editObjects(document, asAjvFormats)),
  ),
  limit(
    "read-only-still-required",
    "Prism heeds `readOnly` in properties and the items of lists alone: behind `oneOf`, `anyOf`, `allOf` or a reference of a schema to itself, what is required is due in requests as well.",
    ({ contract }) =>
      editedContract(contract, "readOnly", (document) =>
        editObjects(document, (object) =>
          object["readOnly"] === true ? without(object, new Set(["readOnly"])) : object,
        ),
      ),
  ),
  limit("cookies-not-validated", "Prism validates no cookie parameters.", (evidence) =>
    withOperation(evidence, withoutParametersOf("cookie")),
  ),
  limit(
    "empty-parameter-accepted",
    "Prism takes an empty query parameter for an absent one, and doesn't validate it.",
    (evidence) => withQuery(evidence, (pairs) => pairs.filter((pair) => /=./.test(pair))),
  ),
  limit(
    "object-text-not-validated",
    "Prism takes any text for an object where the object's properties stand in one text.",
    (evidence) =>
      withParameters(evidence, (one) =>
        admits(evidence.oracle, one.schema, "object") && (/^(label|simple)$/.test(one.style) || !one.explode)
          ? unjudged(one)
          : one,
      ),
  ),
  limit(
    "explode-not-assumed",
    "Prism takes `explode` for false wherever it isn't written, and splits a query parameter at commas that were percent-encoded.",
    (evidence) => {
      const reading = withQuery(evidence, lastOfEach);
      if (reading?.request === undefined) return undefined;
      const path = reading.request.path.replaceAll(/%2C/gi, ",");
      const change = (one: Parameter): Parameter =>
        one.in === "query" && !isExplodeWritten(evidence, one) ? { ...one, explode: false } : one;
      return { ...withParameters(evidence, change), request: { ...reading.request, path } };
    },
  ),
  limit(
    "only-last-of-repeated-validated",
    "Prism validates only the last of a query parameter that is sent several times.",
    (evidence) => withQuery(evidence, lastOfEach),
  ),
  limit(
    "list-in-choice-not-read",
    "Prism reads a parameter as a list only where `type` says so itself: the list in a `oneOf` or `anyOf`, or among several types, is refused.",
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
    "Prism drops the undocumented parts of a form before it validates the form.",
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
    name: "form-parts-are-texts",
    cause: "Prism takes the parts of a form for single texts: an array or object of parts is refused.",
    fits: (evidence) => {
      if (!isRefused(evidence) && !isAccepted(evidence)) return false;
      const mediaType = sentMediaType(evidence);
      const parts = mediaType && partsOf(evidence, mediaType);
      if (mediaType?.schema === undefined || !parts) return false;
      const texts = lastTexts(parts);
      if (isDeepStrictEqual(texts, parts)) return false;
      // Nor does it read discriminators, with which one text more or less may choose another branch.
      const { oracle } = withoutDiscriminators(evidence.contract);
      const breaks = oracle.violations(mediaType.schema, "request", texts).length > 0;
      return breaks === isRefused(evidence);
    },
  },
  {
    name: "text-body-is-text",
    cause: "Prism takes a text body for a text, whatever type its schema has.",
    fits: (evidence) => {
      if (!isRefused(evidence)) return false;
      const mediaType = sentMediaType(evidence);
      if (mediaType?.schema === undefined || !mediaType.name.startsWith("text/")) return false;
      return !evidence.oracle.accepts(mediaType.schema, "request", bodyText(evidence));
    },
  },
  {
    name: "multipart-style-applied",
    cause:
      "Prism reads the parts of a multipart body by the `style` of their encoding, which OpenAPI 3.0 keeps to `application/x-www-form-urlencoded`.",
    fits: (evidence) => {
      const { complaint, operation, oracle, prism } = evidence;
      if (!isRefused(evidence) && !isAccepted(evidence) && !isLostConnection(evidence)) return false;
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
      "Prism refuses reserved characters in the parts of a multipart body that have an encoding, as if they stood in an address.",
    fits: (evidence) => {
      if (!isRefused(evidence)) return false;
      const mediaType = sentMediaType(evidence);
      if (!mediaType?.name.startsWith("multipart/")) return false;
      const { method, path } = evidence.operation;
      return evidence.prism.refusesCharacters(method, path, partTexts(evidence, mediaType));
    },
  },
  {
    name: "prism-throws",
    cause:
      "Prism throws while it takes an array or object parameter apart (one that isn't sent, or that its style doesn't expect), and ends the connection.",
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
    "Prism validates a header parameter named `Accept`, `Content-Type` or `Authorization`, which OpenAPI tells to ignore.",
    (evidence) =>
      withOperation(evidence, (operation) => ({
        ...operation,
        parameters: [...operation.parameters, ...ignoredHeaders(evidence)],
      })),
  ),
];

function withoutDiscriminators(contract: Contract): EditedContract {
  return editedContract(contract, "discriminators", (document) =>
    editObjects(document, (object) =>
      isObject(object["discriminator"]) ? without(object, new Set(["discriminator"])) : object,
    ),
  );
}

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

function lastOfEach(pairs: readonly string[]): readonly string[] {
  return [...new Map(pairs.map((pair) => [pair.split("=")[0] ?? pair, pair])).values()];
}

function isExplodeWritten({ contract }: Evidence, { pointer }: Parameter): boolean {
  return objectOr(valueAt(contract.document, pointer))["explode"] !== undefined;
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
  if (!body || !media || !isForm(mediaType)) return undefined;
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

/** The text as it is written after JavaScript has read it; undefined when it is no JSON. */
function roundedJson(text: string): string | undefined {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** A part that is JSON is a text to Prism. */
function asText(value: unknown): unknown {
  return isObject(value) ? JSON.stringify(value) : value;
}
