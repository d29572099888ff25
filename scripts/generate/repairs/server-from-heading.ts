import { InputError } from "../../cli/input-error.ts";
import { isObject, type JsonObject } from "../json.ts";
import type { Repair } from "./repair.ts";

/** No `servers`: the address stands only in the page's heading line. */
export const serverFromHeading: Repair = {
  id: "server-from-heading",
  why: 'The exporter leaves `servers` out, which OpenAPI 3.1 §4.8.1 reads as the server "/"; the address is in the page\'s heading line.',
  apply(document, { page }) {
    if (document["servers"] !== undefined || page.endpoint === undefined) return [];
    const { url: heading, line } = page.endpoint;
    const path = Object.keys(isObject(document["paths"]) ? document["paths"] : {}).find((template) =>
      heading.endsWith(template),
    );
    if (path === undefined)
      throw new InputError(
        `${page.file}:${line}: the heading line's address ${heading} ends with no path of the OpenAPI block, so the server can't be told; correct the page at its source.`,
      );
    const url = heading.slice(0, -path.length);
    insertAfter(document, "info", "servers", [{ url }]);
    return [{ path: ["servers"], from: "(absent)", to: url }];
  },
};

/** Sets a member right after another one, so that the document reads in the usual order. */
function insertAfter(document: JsonObject, anchor: string, key: string, value: JsonObject[string]): void {
  for (const [name, member] of Object.entries(document)) {
    delete document[name];
    document[name] = member;
    if (name === anchor) document[key] = value;
  }
  document[key] ??= value;
}
