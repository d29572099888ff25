import { type DocumentedPage, readDocumentedPage } from "./documented-page.ts";

/**
 * Reads what a contract is made of: a documented page (markdown), or an OpenAPI document (YAML or JSON) in its place.
 *
 * @param file its name or address, for messages
 * @throws InputError when a page has no OpenAPI block, or isn't one that can be read
 */
export function readSourceText(file: string, text: string): DocumentedPage {
  if (!isOpenApiText(text)) return readDocumentedPage(file, text);
  return {
    file,
    text,
    title: "",
    endpoint: undefined,
    reference: undefined,
    yaml: text,
    yamlLine: 1,
    sampleCall: undefined,
  };
}

/** Whether a text is an OpenAPI document itself: JSON, or YAML. A page has fences where YAML can't have any. */
export function isOpenApiText(text: string): boolean {
  return (
    /^\ufeff?\s*\{/.test(text) || (!/^```/m.test(text) && /^["']?(openapi|swagger)["']?[ \t]*:/m.test(text))
  );
}
