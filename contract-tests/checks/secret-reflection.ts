import { joinPointer } from "../contract/json-pointer.ts";
import { decodeContent, headerValue } from "../oracle/decode-body.ts";
import type { Check } from "./check.ts";

/** An answer ends up in logs, caches and browsers: the credential of the request has no place in it. */
export const secretReflection: Check = {
  id: "secret-reflection",
  rule: "No answer contains the credential that the request carried.",
  needsLiveServer: true,
  begin:
    () =>
    ({ operation, response, secrets }) => {
      if (!response || secrets.length === 0) return undefined;
      const decoded = decodeContent(response.body, headerValue(response.headers, "content-encoding"));
      const body = Buffer.from("bytes" in decoded ? decoded.bytes : response.body).toString("latin1");
      const headers = response.headers.map((line) => line.join(": ")).join("\n");
      const where = secrets
        .flatMap(spellings)
        .reduce<string | undefined>(
          (found, text) =>
            found ?? (headers.includes(text) ? "header" : body.includes(text) ? "body" : undefined),
          undefined,
        );
      if (where === undefined) return [];
      return [
        {
          kind: `in-${where}`,
          pointer: joinPointer(operation.pointer, "responses"),
          message: `The answer's ${where} contains the credential that was sent.`,
          expected: "an answer without the credential",
          actual: `the credential in the ${where}`,
        },
      ];
    },
};

/** The ways in which a secret is written in text. */
function spellings(secret: string): string[] {
  const bytes = Buffer.from(secret);
  return [
    ...new Set([
      secret,
      encodeURIComponent(secret),
      JSON.stringify(secret).slice(1, -1),
      bytes.toString("base64").replace(/=+$/, ""),
      bytes.toString("base64url"),
      bytes.toString("hex"),
    ]),
  ].filter((text) => text.length >= 8);
}
