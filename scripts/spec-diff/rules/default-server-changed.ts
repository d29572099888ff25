import { isObject, type JsonObject, valueAt } from "../../generate/json.ts";
import type { Rule } from "./rule.ts";

/** Another server stands first, and the first one is what a client uses when it isn't told another. */
export const defaultServerChanged: Rule = {
  id: "default-server-changed",
  meaning: "A client that names no server now sends its requests, and its key, to another address.",
  changes: ({ base, revision }) => {
    const before = firstServer(base);
    const after = firstServer(revision);
    if (before === undefined || before === after) return [];
    return [
      {
        bump: "major",
        message: `The default server changed from ${before} to ${after ?? "none"}.`,
        base: ["servers", 0, "url"],
        ...(after !== undefined && { revision: ["servers", 0, "url"], after }),
        before,
      },
    ];
  },
};

function firstServer(document: JsonObject): string | undefined {
  const server = valueAt(document, ["servers", 0]);
  const url = isObject(server) ? server["url"] : undefined;
  return typeof url === "string" ? url : undefined;
}
