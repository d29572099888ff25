import type { MediaType } from "../contract/contract.ts";
import { joinPointer } from "../contract/json-pointer.ts";
import { parseMediaType } from "../http/media-type.ts";
import { placeInValue } from "../schema/place-in-value.ts";
import { documentedFamily, readBody, whyBodyNotJudged, writeBody } from "../wire/body.ts";
import type { Deviation } from "../wire/deviation.ts";
import { type RequestParts, withoutBody } from "../wire/request-parts.ts";
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
  const context = { oracle: collector.oracle, mediaType };
  const reason = whyBodyNotJudged(context);
  if (reason !== undefined) collector.skip(mediaType.pointer, reason);
  const body = bodyValue(collector, mediaType, true) ?? bodyValue(collector, mediaType, false);
  if (!body) {
    if (reason === undefined)
      collector.skip(
        mediaType.pointer,
        `no valid body of the media type ${mediaType.name} could be generated`,
      );
    return;
  }
  collector.accepted("coverage", `${label} given`, { ...base, body });
  const smallest = bodyValue(collector, mediaType, false, false);
  if (smallest) collector.accepted("coverage", `${label} with nothing optional`, { ...base, body: smallest });
  const { schema } = mediaType;
  const family = documentedFamily(mediaType.name)?.name;
  if (schema === undefined || family === "binary" || reason !== undefined) return;
  if (family === "json") {
    const contentType = writeBody(context, {})?.contentType ?? mediaType.name;
    const rawBody = { contentType, body: new TextEncoder().encode('{"cut": ') };
    collector.rejected(
      `${label} isn't JSON`,
      { ...withoutBody(base), rawBody },
      { pointer: mediaType.pointer, keyword: "content", in: "body" },
    );
  }
  for (const variation of collector.variations(schema, body.value)) {
    const parts = { ...base, body: { mediaType, value: variation.value } };
    collector.variation(label, "body", mediaType.name, variation, parts, () =>
      family === "json" ? [variation] : brokenAsRead(collector, mediaType, variation.value),
    );
  }
}

/** JSON arrives as it is; in other families all may be text, which may mean something valid to who reads it. */
function brokenAsRead(
  { oracle, operation }: CaseCollector,
  mediaType: MediaType,
  sent: unknown,
): readonly Pick<Deviation, "pointer" | "keyword" | "at">[] {
  const context = { oracle, mediaType };
  const written = writeBody(context, sent);
  // Without a byte it is no body, which is wrong only where one is required.
  if (written?.body.length === 0 && !operation.requestBody?.required) return [];
  const media = written && parseMediaType(written.contentType);
  const read = written && media && readBody(context, written.body, [], media, "request");
  if (!read || !("values" in read)) return [];
  return read.values.flatMap(({ schema, value }) =>
    schema === undefined
      ? []
      : oracle
          .violations(schema, "request", value)
          .map((violation) => ({ ...violation, at: placeInValue(oracle, schema, value, violation) })),
  );
}
