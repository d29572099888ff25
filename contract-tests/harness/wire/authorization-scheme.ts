import { headerValue } from "../http/header-value.ts";
import type { SchemeForm } from "./scheme-form.ts";

/** `Authorization: Basic …` (RFC 7617): `user:password`, or a password alone for a user that is made up. */
export const basicScheme = authorizationScheme("Basic", (secret) =>
  Buffer.from(secret.includes(":") ? secret : `contract-tests:${secret}`).toString("base64"),
);
/** `Authorization: Bearer …` (RFC 6750), for tokens of OAuth 2 and OpenID Connect as well. */
export const bearerScheme = authorizationScheme("Bearer", (secret) => secret);

function authorizationScheme(word: string, credential: (secret: string) => string): SchemeForm<unknown> {
  const fits = (value: string) => value.toLowerCase().startsWith(`${word.toLowerCase()} `);
  return {
    write: (_, secret) => ({
      headers: [["authorization", `${word} ${credential(secret)}`]],
      query: [],
      cookies: [],
    }),
    isCarried: (_, { headers }) => fits(headerValue(headers, "authorization") ?? ""),
    // One scheme at a time: whatever stands there would stand in its way.
    without: (_, headers) => headers.filter(([name]) => name.toLowerCase() !== "authorization"),
  };
}
