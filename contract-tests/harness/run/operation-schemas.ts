import type { Operation } from "../contract/contract.ts";
import type { NotJudged } from "../contract/not-judged.ts";
import { isJsonType, parseMediaType } from "../http/media-type.ts";
import type { Direction } from "../schema/translate-schema.ts";
import { bodyKind } from "../wire/body-kind.ts";

/** Every schema that judging the operation needs, and the media types that no schema judges. */
export function operationSchemas(operation: Operation): {
  readonly schemas: readonly (readonly [string, Direction])[];
  readonly notJudged: readonly NotJudged[];
} {
  const schemas: (readonly [string, Direction])[] = [];
  const notJudged: NotJudged[] = [];
  const skip = (pointer: string, reason: string) =>
    notJudged.push({ operation: operation.id, pointer, reason });
  for (const { schema } of operation.parameters) if (schema !== undefined) schemas.push([schema, "request"]);
  for (const mediaType of operation.requestBody?.contents ?? []) {
    const kind = bodyKind(mediaType);
    if (mediaType.schema !== undefined && kind !== "unsupported" && kind !== "binary")
      schemas.push([mediaType.schema, "request"]);
  }
  for (const response of operation.responses) {
    for (const header of response.headers)
      if (header.schema !== undefined) schemas.push([header.schema, "response"]);
    for (const mediaType of response.contents) {
      const media = parseMediaType(mediaType.name);
      if (!media) skip(mediaType.pointer, `${mediaType.name} isn't a media type`);
      else if (mediaType.schema === undefined) continue;
      else if (isJsonType(media) || media.type === "text" || media.subtype === "*")
        schemas.push([mediaType.schema, "response"]);
      else if (media.subtype === "xml" || media.subtype.endsWith("+xml"))
        skip(mediaType.pointer, `bodies of the media type ${mediaType.name} aren't judged by their schema`);
    }
  }
  return { schemas, notJudged };
}
