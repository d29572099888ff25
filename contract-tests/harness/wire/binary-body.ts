import { admittedTypes } from "./admitted-types.ts";
import { type BodyContext, type BodyFamily, textAsBody } from "./body-family.ts";

/** Bytes, which no schema describes (OpenAPI 3.1, section 4.8.14.2); one that describes a value can't be judged. */
export const binaryBody: BodyFamily = {
  name: "binary",
  notJudged,
  write: (_, value, contentType) => (typeof value === "string" ? textAsBody(contentType, value) : undefined),
  read(context) {
    const reason = notJudged(context);
    return reason === undefined ? { values: [{ value: undefined }] } : { notJudged: reason };
  },
};

/** XML: only what the document gives as an example is sent. */
export const xmlBody: BodyFamily = {
  ...binaryBody,
  name: "xml",
  notJudged: unjudged,
  read: (context) =>
    context.mediaType.schema === undefined
      ? { values: [{ value: undefined }] }
      : { notJudged: unjudged(context) },
};

function notJudged(context: BodyContext): string | undefined {
  const { oracle, mediaType } = context;
  const types = mediaType.schema === undefined ? undefined : admittedTypes(oracle, mediaType.schema);
  return types === undefined || types.has("string") ? undefined : unjudged(context);
}

function unjudged({ mediaType: { name } }: BodyContext): string {
  return `bodies of the media type ${name} aren't checked against their schema`;
}
