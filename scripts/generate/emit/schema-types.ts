import { createRequire } from "node:module";
import type { JsonObject } from "../json.ts";
import { notice } from "./notice.ts";

// Required rather than imported: TypeScript stands behind it, and to import that Node first reads its 9 MB for the names
// that it exports, which takes half a second.
const ts: typeof import("typescript") = createRequire(import.meta.url)("typescript");
type OpenapiTypescript = typeof import("openapi-typescript");
const { default: openapiTypescript, astToString }: OpenapiTypescript = createRequire(import.meta.url)(
  "openapi-typescript",
);

/** What a caller may give for a file: the client's `FileInput`, which this folder can't import. */
const fileInput = `type Chunks = ReadableStream<Uint8Array> | AsyncIterable<Uint8Array | string>;
type FileData = Blob | ArrayBuffer | ArrayBufferView | Chunks;
/** A file: its bytes in any form, with a name and a media type beside them if need be. */
export type FileInput = FileData | { readonly data: FileData; readonly filename?: string; readonly contentType?: string };
`;

/**
 * openapi-typescript's `paths`, `components` and `operations`. A property with a default may be left out (JSON Schema
 * 2020-12 Validation §9.2 makes it no promise), and a binary string is a file.
 */
export async function emitSchemaTypes(document: JsonObject): Promise<string> {
  // The package's parameter type is its own model of OpenAPI 3; the document was linted against that specification.
  const input = structuredClone(document) as unknown as Parameters<typeof openapiTypescript>[0];
  const types = await openapiTypescript(input, {
    silent: true,
    defaultNonNullable: false,
    transform({ type, format }) {
      const types = [type].flat();
      if (format !== "binary" || !types.includes("string")) return undefined;
      const file = ts.factory.createTypeReferenceNode("FileInput");
      const none = ts.factory.createLiteralTypeNode(ts.factory.createNull());
      return types.includes("null") ? ts.factory.createUnionTypeNode([file, none]) : file;
    },
  });
  const text = astToString(types);
  return `// ${notice}\n\n${/\bFileInput\b/.test(text) ? `${fileInput}\n` : ""}${text}`;
}
