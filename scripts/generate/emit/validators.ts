import standaloneCode from "ajv/dist/standalone/index.js";
import { build } from "esbuild";
import { InputError } from "../../cli/input-error.ts";
import { isSeries } from "../answer-form.ts";
import type { ContractModel } from "../contract-model.ts";
import { toPointer } from "../json.ts";
import { successesOf } from "../operation-model.ts";
import { ajvFor } from "./ajv-for.ts";
import { notice } from "./notice.ts";
import { readableByAjv } from "./readable-by-ajv.ts";
import { splitValidators } from "./split-validators.ts";
import { formatImports, uncheckedFormats, usedFormatsAlone, withFormats } from "./value-formats.ts";
import { yesOrNoCode } from "./yes-or-no-code.ts";

export interface ValidatorFiles {
  readonly code: string;
  readonly types: string;
  /** What is under `validators/`, by file name. */
  readonly modules: ReadonlyMap<string, string>;
  /** What the validators let through unchecked, one sentence each. */
  readonly unchecked: readonly string[];
}

const documentId = "contract";

/** The most bytes of validators that are part of the client from the start; what weighs more is loaded when it is needed. */
const lightBytes = 4096;

/**
 * Ajv's JSON Schema 2020-12 validators for every documented JSON answer, compiled ahead of time: ES modules without
 * `eval` (Ajv's own ESM output still calls `require`, so it is bundled). Light ones are one module; heavy ones are a
 * module for each operation under `validators/`.
 *
 * @param resolveDir folder from which Ajv's run-time helpers are resolved
 */
export async function emitValidators(model: ContractModel, resolveDir: string): Promise<ValidatorFiles> {
  const { document, unchecked: unread } = readableByAjv(model.document);
  const unchecked = [...unread, ...uncheckedFormats(document)];
  const ajv = ajvFor(document);
  ajv.addSchema(document, documentId, false, false);
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
  const standalone = withFormats(yesOrNoCode(code)).replaceAll(
    'require("ajv/dist/runtime/ucs2length").default',
    "(text) => [...text].length",
  );
  if (standalone.length < 100 * lightBytes) {
    const whole = await bundle(`${formatImports(standalone)}${standalone}\n${table(functions)}`, resolveDir);
    if (whole.length <= lightBytes) return { code: whole, types, modules: new Map(), unchecked };
  }
  const entries = entriesOf(functions);
  return {
    code: `// ${notice}\n\nexport const responseValidators = {\n${entries
      .map(
        ({ operation, file }) =>
          `  ${JSON.stringify(operation)}: () => import("./validators/${file}.js").then((module) => module.default),\n`,
      )
      .join("")}};\n`,
    types,
    modules: await splitValidators(standalone, entries, resolveDir),
    unchecked,
  };
}

/** An operation's validators as one module, whose name any file system takes. */
function entriesOf(functions: readonly (ValidatedResponse & { readonly export: string })[]) {
  const taken = new Set<string>();
  return [...new Set(functions.map(({ operation }) => operation))].map((operation) => {
    const plain = operation.replace(/[^\w.-]/g, "_").slice(0, 80);
    const file = taken.has(plain.toLowerCase()) ? `${plain}-${taken.size}` : plain;
    taken.add(file.toLowerCase());
    const own = functions.filter((item) => item.operation === operation);
    const value = `{ ${own.map(({ key, export: id }) => `${JSON.stringify(key)}: ${id}`).join(", ")} }`;
    return { operation, file, value };
  });
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

function table(functions: readonly (ValidatedResponse & { readonly export: string })[]): string {
  const rows = entriesOf(functions).map(
    ({ operation, value }) => `  ${JSON.stringify(operation)}: ${value},\n`,
  );
  return `export const responseValidators = {\n${rows.join("")}};\n`;
}

const types = `// ${notice}

/** Tells whether a parsed JSON value is valid against a documented schema. */
export type ResponseValidator = (data: unknown) => boolean;

/** By documented status and media type: \`200 application/json\`. */
export type ResponseValidators = Readonly<Record<string, ResponseValidator>>;

/** Validators of the documented JSON answers, by operationId; those of a large contract are loaded first. */
export declare const responseValidators: Readonly<
  Record<string, ResponseValidators | (() => Promise<ResponseValidators>)>
>;
`;

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
    plugins: [usedFormatsAlone],
    banner: { js: `// ${notice}` },
  });
  return result.outputFiles[0]?.text ?? "";
}
