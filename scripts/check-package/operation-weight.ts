import { assembleContract } from "../generate/assemble-contract.ts";
import { contractModel } from "../generate/contract-model.ts";
import { readDocumentedPage } from "../generate/documented-page.ts";
import { emitOperations } from "../generate/emit/operations.ts";
import { emitValidators } from "../generate/emit/validators.ts";
import { readInputs } from "../generate/inputs.ts";
import { bundle, generatedAs } from "./bundle-size.ts";

/** Words that say nothing twice, so that gzip finds in an operation no more of the others than in real ones. */
const things =
  "anchors bridges candles dancers engines feathers gardens hammers islands jackets kitchens ladders mirrors needles orchards pillows quarries ribbons saddles trumpets".split(
    " ",
  );

/**
 * Measures by how much further plain JSON operations make the client's bundle larger: with their rows and with where their
 * validators are loaded from, but without the validators, which are loaded at the first answer as soon as they are many.
 *
 * @param root the project's root folder
 * @returns bytes with gzip of one operation, on average
 */
export async function operationWeight(root: string): Promise<number> {
  const { provider, overlays, pages } = readInputs(root);
  const [server = ""] = provider.environments.values();
  const weigh = async (further: number): Promise<number> => {
    const made = things.slice(0, further).map((thing, index) => {
      const file = `spec/documented/${thing}.md`;
      const record = { address: "", imported: "2026-01-02", document: { file, sha256: "" } };
      return { record, page: readDocumentedPage(file, madePage(server, thing, index)) };
    });
    const { document } = await assembleContract({ pages: [...pages, ...made], overlays }, provider.repairs);
    const model = contractModel(document);
    const { code, modules } = await emitValidators(model, root);
    if (modules.size === 0) throw new Error(`${further} operations more are too few to load validators late`);
    const generated = new Map([
      ["operations.ts", emitOperations(model)],
      ["validators.js", code],
    ]);
    const { gzipBytes } = await bundle('export { ApiClient } from "./src/api-client.ts"', root, {
      plugins: [generatedAs(generated)],
    });
    return gzipBytes;
  };
  const half = things.length / 2;
  return ((await weigh(things.length)) - (await weigh(half))) / half;
}

/** A page in the exporter's shapes: lists, single things, and bodies in turn. */
function madePage(server: string, thing: string, index: number): string {
  const methods = ["get", "post", "delete", "patch"];
  const method = methods[index % methods.length] ?? "get";
  const one = thing.slice(0, -1);
  const path = index % 2 === 0 ? `/v1/${thing}/{${one}_id}` : `/v1/${thing}`;
  const inPath = `        - name: ${one}_id
          in: path
          required: true
          schema:
            type: string
`;
  const inQuery = `        - name: page_size
          in: query
          required: false
          schema:
            type: integer
`;
  const body = `      requestBody:
        content:
          application/json:
            schema:
              type: object
              properties:
                ${one}_name:
                  type: string
              required:
                - ${one}_name
`;
  return `# ${thing}

${method.toUpperCase()} ${server}${path}

A made-up page.

Reference: https://docs.example.test/${thing}

## OpenAPI Specification

\`\`\`yaml
openapi: 3.1.1
info:
  title: ${thing}
  version: endpoint_${thing}.${method}
paths:
  ${path}:
    ${method}:
      operationId: ${method}
      summary: ${thing}
      tags:
        - - subpackage_${thing}
      parameters:
${index % 2 === 0 ? inPath : ""}${index % 3 === 0 ? inQuery : ""}        - name: xi-api-key
          in: header
          required: true
          schema:
            type: string
${/post|patch/.test(method) ? body : ""}      responses:
        '200':
          description: Successful Response
          content:
            application/json:
              schema:
                type: object
                properties:
                  ${one}_id:
                    type: string
                  count:
                    type: integer
                required:
                  - ${one}_id
\`\`\`
`;
}
