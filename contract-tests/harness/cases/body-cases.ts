import type { MediaType } from "../contract/contract.ts";
import { joinPointer } from "../contract/json-pointer.ts";
import { leafOf, type Variation } from "../schema/deviations.ts";
import { type BodyKind, bodyKind } from "../wire/body-kind.ts";
import { formReadingAccepted } from "../wire/form-reading.ts";
import { type RequestParts, withoutBody } from "../wire/request-parts.ts";
import { serializeBody } from "../wire/serialize-body.ts";
import { bodyValue } from "./base-request.ts";
import type { CaseCollector } from "./case-collector.ts";

/** The body missing, malformed, and on both sides of each constraint, in every documented media type. */
export function addBodyCases(collector: CaseCollector, base: RequestParts): void {
  const { requestBody } = collector.operation;
  if (!requestBody) return;
  if (requestBody.required) {
    collector.rejected("body missing", withoutBody(base), {
      pointer: joinPointer(requestBody.pointer, "required"),
      keyword: "required",
      in: "body",
    });
  }
  for (const [index, mediaType] of requestBody.contents.entries()) {
    addMediaType(collector, base, mediaType, index === 0 ? "body" : `body as ${mediaType.name}`);
  }
}

function addMediaType(
  collector: CaseCollector,
  base: RequestParts,
  mediaType: MediaType,
  label: string,
): void {
  const kind = bodyKind(mediaType);
  if (kind === "unsupported")
    collector.skip(
      mediaType.pointer,
      `bodies of the media type ${mediaType.name} can't be made from a schema`,
    );
  const body = bodyValue(collector, mediaType, true) ?? bodyValue(collector, mediaType, false);
  if (!body) return;
  collector.accepted("coverage", `${label} given`, { ...base, body });
  const smallest = bodyValue(collector, mediaType, false, false);
  if (smallest) collector.accepted("coverage", `${label} with nothing optional`, { ...base, body: smallest });
  const { schema } = mediaType;
  if (schema === undefined || kind === "binary" || kind === "unsupported") return;
  if (kind === "json") {
    const contentType = serializeBody(mediaType, {})?.contentType ?? mediaType.name;
    const rawBody = { contentType, body: new TextEncoder().encode('{"cut": ') };
    collector.rejected(
      `${label} isn't JSON`,
      { ...withoutBody(base), rawBody },
      { pointer: mediaType.pointer, keyword: "content", in: "body" },
    );
  }
  for (const variation of collector.variations(schema, body.value)) {
    if (kind !== "json" && variation.keyword === "type" && typeof leafOf(variation) !== "string") continue;
    const parts = { ...base, body: { mediaType, value: variation.value } };
    collector.variation(label, "body", mediaType.name, variation, parts, () =>
      isDeviation(collector, kind, schema, variation),
    );
  }
}

/** JSON arrives as it is; in forms everything arrives as text, and the text may mean something valid. */
function isDeviation(
  { oracle }: CaseCollector,
  kind: BodyKind,
  schema: string,
  { path, value }: Variation,
): boolean {
  if (kind === "json") return true;
  if (kind === "text") return typeof value === "string";
  return path.length > 0 && !formReadingAccepted(oracle, schema, value);
}
