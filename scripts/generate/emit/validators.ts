import { Ajv2020 } from "ajv/dist/2020.js";
import standaloneCode from "ajv/dist/standalone/index.js";
import addFormats from "ajv-formats";
import { build } from "esbuild";
import { InputError } from "../../cli/input-error.ts";
import { isSeries } from "../answer-form.ts";
import type { ContractModel } from "../contract-model.ts";
import { toPointer } from "../json.ts";
import { successesOf } from "../operation-model.ts";
import { notice } from "./notice.ts";
import { yesOrNoCode } from "./yes-or-no-code.ts";

export interface ValidatorFiles {
  readonly code: string;
  readonly types: string;
}

/** OpenAPI's own schema keywords (3.1 §4.8.24) and annotations, which assert nothing. */
const annotations = ["discriminator", "xml", "externalDocs", "example"];
const documentId = "contract";

/**
 * Ajv's JSON Schema 2020-12 validators for every documented JSON response, compiled ahead of time: the result is
 * one ES module without imports and without `eval` (Ajv's own ESM output still calls `require`, so it is bundled).
 *
 * @param resolveDir folder from which Ajv's run-time helpers are resolved
 */
export async function emitValidators(model: ContractModel, resolveDir: string): Promise<ValidatorFiles> {
  const ajv = new Ajv2020({
    code: { source: true, esm: true, lines: true },
    messages: false,
    strict: true,
    strictTypes: false,
    strictTuples: false,
    strictRequired: false,
    unicodeRegExp: true,
  });
  // ajv-formats is CommonJS whose default export TypeScript sees as a module object.
  (addFormats as unknown as (instance: Ajv2020) => void)(ajv);
  // References are resolved through the whole document, so its top-level fields are told to Ajv as annotations too.
  ajv.addVocabulary([
    ...new Set([...annotations, ...Object.keys(model.document), ...extensionKeywords(model)]),
  ]);
  ajv.addSchema(model.document, documentId, false, false);
  const functions = validatedResponses(model).map((response, index) => ({
    ...response,
    // Ajv numbers functions of its own as `validate…`.
    export: `response${index}`,
  }));
  for (const { export: id, schemaPath, operation, key } of functions)
    try {
      ajv.addSchema({ $id: id, $ref: `${documentId}#${encodeURI(toPointer(schemaPath))}` });
      ajv.getSchema(id);
    } catch (error) {
      throw new InputError(
        `the schema of ${operation} ${key} can't be compiled: ${error instanceof Error ? error.message : error}.`,
      );
    }
  const code = standaloneCode.default(ajv, Object.fromEntries(functions.map(({ export: id }) => [id, id])));
  // Ajv's helper that counts code points is CommonJS, so the same count takes its place.
  const standalone = yesOrNoCode(code).replaceAll(
    'require("ajv/dist/runtime/ucs2length").default',
    "(text) => [...text].length",
  );
  const source = `${standalone}\n${table(functions)}`;
  return { code: await bundle(source, resolveDir), types: types(functions) };
}

interface ValidatedResponse {
  readonly operation: string;
  /** `200 application/json` */
  readonly key: string;
  readonly schemaPath: readonly string[];
}

/** What the client parses: whole JSON answers, and each value of a series. */
function validatedResponses({ operations }: ContractModel): ValidatedResponse[] {
  return operations.flatMap((operation) =>
    successesOf(operation).flatMap(({ status, content }) =>
      content.flatMap(({ form, mediaType, schemaPath }) =>
        schemaPath !== undefined && (form === "json" || isSeries(form))
          ? [{ operation: operation.id, key: `${status} ${mediaType}`, schemaPath }]
          : [],
      ),
    ),
  );
}

function extensionKeywords({ document }: ContractModel): string[] {
  return [...new Set(JSON.stringify(document).match(/(?<=")x-[\w-]+(?=":)/g))];
}

function table(functions: readonly (ValidatedResponse & { readonly export: string })[]): string {
  return `export const responseValidators = {\n${grouped(functions, ({ export: id }) => id)}};\n`;
}

function types(functions: readonly ValidatedResponse[]): string {
  return `// ${notice}

/** Tells whether a parsed JSON value is valid against a documented schema. */
export type ResponseValidator = (data: unknown) => boolean;

/** Validators of the documented JSON answers, by operationId, and by status and media type. */
export declare const responseValidators: {
${grouped(functions, () => "ResponseValidator", "readonly ", ";")}};
`;
}

function grouped<T extends ValidatedResponse>(
  functions: readonly T[],
  value: (item: T) => string,
  modifier = "",
  end = ",",
): string {
  return [...new Set(functions.map(({ operation }) => operation))]
    .map((operation) => {
      const own = functions.filter((item) => item.operation === operation);
      const members = own.map((item) => `    ${modifier}${JSON.stringify(item.key)}: ${value(item)}${end}\n`);
      return `  ${modifier}${JSON.stringify(operation)}: {\n${members.join("")}  }${end}\n`;
    })
    .join("");
}

async function bundle(source: string, resolveDir: string): Promise<string> {
  const result = await build({
    stdin: { contents: source, resolveDir, loader: "js" },
    // The bundler names its modules by path: relative to the project and through its own node_modules, so that the
    // bytes don't depend on where the project or its packages lie.
    absWorkingDir: resolveDir,
    preserveSymlinks: true,
    bundle: true,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    target: "es2022",
    write: false,
    legalComments: "none",
    logLevel: "silent",
    banner: { js: `// ${notice}` },
  });
  return result.outputFiles[0]?.text ?? "";
}
