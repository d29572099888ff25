import openapiTypescript, { astToString } from "openapi-typescript";
import type { JsonObject } from "../json.ts";
import { notice } from "./notice.ts";

/** openapi-typescript's `paths`, `components` and `operations`. */
export async function emitSchemaTypes(document: JsonObject): Promise<string> {
  // The package's parameter type is its own model of OpenAPI 3; the document was linted against that specification.
  const input = structuredClone(document) as unknown as Parameters<typeof openapiTypescript>[0];
  return `// ${notice}\n\n${astToString(await openapiTypescript(input, { silent: true }))}`;
}
