import { isObject, type Json, type JsonObject, type Path, valueAt } from "../../generate/json.ts";
import type { Rule } from "./rule.ts";

interface Server {
  readonly url: string;
  readonly path: Path;
}

/**
 * Another server stands first for an operation, and the first one is what a client uses when it isn't told another: the
 * operation's own, else its path's, else the document's (OpenAPI 3.1 §4.8.10.1 and §4.8.9.1, `servers`).
 */
export const defaultServerChanged: Rule = {
  id: "default-server-changed",
  meaning: "A client that names no server now sends its requests, and its key, to another address.",
  changes: ({ base, revision, operations }) => {
    // Where the document's own server changed, that is the change, whatever operations it serves.
    const pairs = new Map<string, { readonly before: Server; readonly after: Server | undefined }>();
    const compare = (before: Server | undefined, after: Server | undefined): void => {
      if (before === undefined || before.url === after?.url) return;
      pairs.set(JSON.stringify([before.path, after?.path]), { before, after });
    };
    compare(firstServer(base, []), firstServer(revision, []));
    for (const pair of operations)
      compare(serverOf(base, pair.base.path), serverOf(revision, pair.revision.path));
    return [...pairs.values()].map(({ before, after }) => ({
      bump: "major",
      message: `The default server changed from ${before.url} to ${after?.url ?? "none"}.`,
      base: before.path,
      before: before.url,
      ...(after !== undefined && { revision: after.path, after: after.url }),
    }));
  },
};

function serverOf(document: JsonObject, operation: Path): Server | undefined {
  return (
    firstServer(document, operation) ??
    firstServer(document, operation.slice(0, -1)) ??
    firstServer(document, [])
  );
}

/** The first server's address, with the values that its variables have by default (OpenAPI 3.1 §4.8.5). */
function firstServer(document: JsonObject, owner: Path): Server | undefined {
  const path = [...owner, "servers", 0];
  const server: Json | undefined = valueAt(document, path);
  const template = isObject(server) ? server["url"] : undefined;
  if (typeof template !== "string") return undefined;
  const url = template.replaceAll(/\{([^{}]*)\}/g, (written, name: string) => {
    const value = valueAt(document, [...path, "variables", name, "default"]);
    return typeof value === "string" ? value : written;
  });
  return { url, path: [...path, "url"] };
}
