import { joinPointer } from "../contract/json-pointer.ts";
import { contentCodings, decodeBody } from "../http/content-coding.ts";
import { SecretMatcher } from "../http/secret-matcher.ts";
import type { Check } from "./check.ts";

/** A response ends up in logs, caches and browsers: the request's credential has no place in it. */
export const secretReflection: Check = {
  id: "secret-reflection",
  rule: "No response contains its request's credential.",
  needsLiveServer: true,
  begin:
    () =>
    ({ operation, response, secrets }) => {
      if (!response || secrets.length === 0) return undefined;
      const matcher = new SecretMatcher();
      for (const secret of secrets) matcher.add(secret, "credential");
      const decoded = decodeBody(response.body, contentCodings(response.headers));
      const body = Buffer.from("body" in decoded ? decoded.body : response.body).toString("latin1");
      const headers = response.headers.map((line) => line.join(": ")).join("\n");
      const where = contains(matcher, headers) ? "header" : contains(matcher, body) ? "body" : undefined;
      if (where === undefined) return [];
      return [
        {
          kind: `in-${where}`,
          pointer: joinPointer(operation.pointer, "responses"),
          message: `The response's ${where} contains the credential that was sent.`,
          expected: "a response without the credential",
          actual: `the credential in the ${where}`,
        },
      ];
    },
};

/** In any spelling: escaped, percent-encoded, hex, Base64 at any alignment. */
function contains(matcher: SecretMatcher, text: string): boolean {
  return matcher.find(text).length > 0;
}
