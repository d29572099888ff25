import { asOpenApi31 as read31 } from "../../contract-tests/harness/contract/openapi-31.ts";
import { visitObjects } from "../../contract-tests/harness/contract/visit-objects.ts";
import type { JsonObject } from "./json.ts";

/**
 * An OpenAPI 3.0 document as 3.1, as the harness reads it, so that both can be compared with either. What 3.0 leaves
 * open, people mean: `nullable` beside a combination adds null to the whole of it.
 */
export function asOpenApi31(document: JsonObject): JsonObject {
  const read = read31(document) as JsonObject; // JSON in, JSON out
  for (const { kind, value } of visitObjects(read)) {
    if (kind !== "schema") continue;
    const schema = value as JsonObject; // the same: it is a part of it
    const { nullable, ...combination } = schema;
    if (typeof nullable !== "boolean") continue;
    delete schema["nullable"];
    if (!nullable || !(schema["allOf"] ?? schema["oneOf"] ?? schema["anyOf"])) continue;
    for (const keyword of Object.keys(schema)) delete schema[keyword];
    schema["anyOf"] = [combination, { type: "null" }];
  }
  return read;
}
