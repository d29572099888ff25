import { fullFormats } from "ajv-formats/dist/formats.js";
import type { Operation } from "../contract/contract.ts";
import { type JsonObject, listOr } from "../contract/json-object.ts";
import { editObjects, without } from "./edit-schemas.ts";
import { isRefused, type MockLimit } from "./evidence.ts";
import { formLimits } from "./form-limits.ts";
import { limit, withOperation } from "./limit-by-rule.ts";
import { parameterLimits, withoutParametersOf } from "./parameter-limits.ts";
import { editedContract } from "./re-judge.ts";
import { bodyText, sentMediaType } from "./sent-body.ts";
import { withoutDiscriminators } from "./without-discriminators.ts";

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
    "null-body-is-none",
    "Prism treats a JSON body of `null` as no body, and validates nothing.",
    (evidence) => {
      if (bodyText(evidence) !== "null") return undefined;
      const { body: _, ...request } = evidence.exchange.case.request;
      return { request };
    },
  ),
  limit("numbers-are-rounded", "Prism rounds integers beyond 2^53.", (evidence) => {
    const { request } = evidence.exchange.case;
    const rounded = roundedJson(bodyText(evidence));
    return rounded === undefined ? undefined : { request: { ...request, body: Buffer.from(rounded) } };
  }),
  limit("discriminators-not-read", "Prism ignores discriminators.", ({ contract }) =>
    withoutDiscriminators(contract),
  ),
  limit(
    "format-not-known",
    "Prism checks only the formats of `ajv-formats`, which lacks `idn-email`, `idn-hostname`, `iri` and `iri-reference`, and accepts more as a `url`.",
    ({ contract }) => editedContract(contract, "formats", (document) => editObjects(document, asAjvFormats)),
  ),
  limit(
    "read-only-still-required",
    "Prism requires `readOnly` properties in requests too if they are behind `oneOf`, `anyOf`, `allOf` or a schema's reference to itself.",
    ({ contract }) =>
      editedContract(contract, "readOnly", (document) =>
        editObjects(document, (object) =>
          object["readOnly"] === true ? without(object, new Set(["readOnly"])) : object,
        ),
      ),
  ),
  ...parameterLimits,
  ...formLimits,
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
    name: "text-body-is-text",
    cause: "Prism reads a text body as a string, whatever type its schema has.",
    fits: (evidence) => {
      if (!isRefused(evidence)) return false;
      const mediaType = sentMediaType(evidence);
      if (mediaType?.schema === undefined || !mediaType.name.startsWith("text/")) return false;
      return !evidence.oracle.accepts(mediaType.schema, "request", bodyText(evidence));
    },
  },
];

function bodyUnjudged(operation: Operation): Operation {
  const { requestBody } = operation;
  if (!requestBody) return operation;
  const contents = requestBody.contents.map(({ schema: _, ...content }) => content);
  return { ...operation, requestBody: { ...requestBody, contents } };
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

/** The text as it is written after JavaScript has read it; undefined when it is no JSON. */
function roundedJson(text: string): string | undefined {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return undefined;
  }
}
