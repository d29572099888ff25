import type { MediaType, Operation } from "../contract/contract.ts";
import type { NotJudged } from "../contract/not-judged.ts";
import type { Oracle } from "../schema/oracle.ts";
import type { Direction } from "../schema/translate-schema.ts";
import { documentedFamily, whyBodyNotJudged } from "../wire/body.ts";

/** Every schema that judging the operation needs, and the answers' media types that no schema judges. */
export function operationSchemas(
  oracle: Oracle,
  operation: Operation,
): {
  readonly schemas: readonly (readonly [string, Direction])[];
  readonly notJudged: readonly NotJudged[];
} {
  const schemas: (readonly [string, Direction])[] = [];
  const notJudged: NotJudged[] = [];
  const addBody = (mediaType: MediaType, direction: Direction): void => {
    const reason = whyBodyNotJudged({ oracle, mediaType });
    const isNoType = documentedFamily(mediaType.name) === undefined;
    // Of requests, the cases tell what they can't make.
    if (reason !== undefined && direction === "response" && (isNoType || mediaType.schema !== undefined))
      notJudged.push({ operation: operation.id, pointer: mediaType.pointer, reason });
    if (reason !== undefined || mediaType.schema === undefined) return;
    if (mediaType.name.endsWith("*") || documentedFamily(mediaType.name)?.name !== "binary")
      schemas.push([mediaType.schema, direction]);
  };
  for (const { schema } of operation.parameters) if (schema !== undefined) schemas.push([schema, "request"]);
  for (const mediaType of operation.requestBody?.contents ?? []) addBody(mediaType, "request");
  for (const response of operation.responses) {
    for (const header of response.headers)
      if (header.schema !== undefined) schemas.push([header.schema, "response"]);
    for (const mediaType of response.contents) addBody(mediaType, "response");
  }
  return { schemas, notJudged };
}

/** What can't be judged of an operation for its schemas' sake, as told by live and recorded runs alike. */
export function schemaGaps(oracle: Oracle, operation: Operation): readonly NotJudged[] {
  const { schemas, notJudged } = operationSchemas(oracle, operation);
  const problems = schemas.flatMap(([pointer, direction]): NotJudged[] => {
    const reason = oracle.declare(pointer, direction);
    return reason === undefined ? [] : [{ operation: operation.id, pointer, reason }];
  });
  return [...notJudged, ...problems];
}
