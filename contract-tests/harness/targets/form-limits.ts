import { isDeepStrictEqual } from "node:util";
import type { MediaType } from "../contract/contract.ts";
import { editedAt } from "../contract/edit-document.ts";
import { isObject, type JsonObject, listOr } from "../contract/json-object.ts";
import { joinPointer, valueAt } from "../contract/json-pointer.ts";
import { headerValue } from "../http/header-value.ts";
import { parseMediaType } from "../http/media-type.ts";
import { readBody } from "../wire/body.ts";
import { type Evidence, isAccepted, isLostConnection, isRefused, type MockLimit } from "./evidence.ts";
import { limit } from "./limit-by-rule.ts";
import { editedContract } from "./re-judge.ts";
import { sentMediaType } from "./sent-body.ts";
import { withoutDiscriminators } from "./without-discriminators.ts";

/** What Prism is known to read otherwise in forms. */
export const formLimits: readonly MockLimit[] = [
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
  {
    name: "form-parts-are-texts",
    cause: "Prism reads the parts of a form as single texts: an array or object is rejected.",
    fits: (evidence) => {
      if (!isRefused(evidence) && !isAccepted(evidence)) return false;
      const mediaType = sentMediaType(evidence);
      const parts = mediaType && partsOf(evidence, mediaType);
      if (mediaType?.schema === undefined || !parts) return false;
      const texts = lastTexts(parts);
      if (isDeepStrictEqual(texts, parts)) return false;
      // Nor does it read discriminators, with which one text more or less may choose another branch.
      const oracle = withoutDiscriminators(evidence.contract)?.oracle ?? evidence.oracle;
      const breaks = oracle.violations(mediaType.schema, "request", texts).length > 0;
      return breaks === isRefused(evidence);
    },
  },
  {
    name: "multipart-style-applied",
    cause:
      "Prism reads the parts of a multipart body by the `style` of their encoding, which OpenAPI 3.0 limits to `application/x-www-form-urlencoded`.",
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
      "Prism rejects reserved characters in the parts of a multipart body that have an encoding, as if they were in a URL.",
    fits: (evidence) => {
      if (!isRefused(evidence)) return false;
      const mediaType = sentMediaType(evidence);
      if (!mediaType?.name.startsWith("multipart/")) return false;
      const { method, path } = evidence.operation;
      return evidence.prism.refusesCharacters(method, path, partTexts(evidence, mediaType));
    },
  },
];

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

/** A part that is JSON is a text to Prism. */
function asText(value: unknown): unknown {
  return isObject(value) ? JSON.stringify(value) : value;
}
