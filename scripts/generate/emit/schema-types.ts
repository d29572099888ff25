import { createRequire } from "node:module";
import type { JsonObject } from "../json.ts";
import { notice } from "./notice.ts";

// Required rather than imported: TypeScript stands behind it, and to import that Node first reads its 9 MB for the names
// that it exports, which takes half a second.
type OpenapiTypescript = typeof import("openapi-typescript");
const { default: openapiTypescript, astToString }: OpenapiTypescript = createRequire(import.meta.url)(
  "openapi-typescript",
);

/** openapi-typescript's `paths`, `components` and `operations`. */
export async function emitSchemaTypes(document: JsonObject): Promise<string> {
  // The package's parameter type is its own model of OpenAPI 3; the document was linted against that specification.
  const input = structuredClone(document) as unknown as Parameters<typeof openapiTypescript>[0];
  return `// ${notice}\n\n${astToString(await openapiTypescript(input, { silent: true }))}`;
}
