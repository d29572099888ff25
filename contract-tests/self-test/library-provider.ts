import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import type { Answer, Handler, ReceivedRequest } from "../../src/simulator/handler.ts";
import { editedAt } from "../harness/contract/edit-document.ts";
import { type JsonObject, objectOr } from "../harness/contract/json-object.ts";
import { documentProvider } from "../harness/provider/document-provider.ts";
import { placeholderCredential } from "../harness/wire/credentials.ts";

/** The richer of the two contracts on which the harness is scored. */
export const libraryFile = fileURLToPath(new URL("contracts/library.openapi.yaml", import.meta.url));

const libraryDocument: JsonObject = objectOr(parse(readFileSync(libraryFile, "utf8")));

/** The one credential that the library has given out: the one that the harness sends when it is given none. */
export const libraryCredential = placeholderCredential;
const credentials = new Set([libraryCredential]);

/** A library that conforms to its contract. */
export function libraryProvider(): Handler {
  return documentProvider(libraryDocument, { credentials });
}

/** A library that judges requests by its contract with another value at `pointer`; `undefined` takes the rule away. */
export function libraryEnforcing(pointer: string, value: unknown): Handler {
  return documentProvider(libraryDocument, {
    credentials,
    enforced: editedAt(libraryDocument, pointer, value),
  });
}

/** Picks the answers of one operation: `GET /books/{isbn}`. */
export function answering(operation: string, ...statuses: readonly number[]) {
  const [method = "", template = ""] = operation.split(" ");
  const path = new RegExp(`^${template.replaceAll(/\{[^}]*\}/g, "[^/]+")}$`);
  return (answer: Answer, request: ReceivedRequest): boolean =>
    request.method === method &&
    path.test(request.url.split("?", 1)[0] ?? "") &&
    (statuses.length === 0 ? answer.status < 300 : statuses.includes(answer.status));
}
