import type { SecurityScheme } from "../contract/contract.ts";
import type { HeaderLine } from "../http/message.ts";
import { cookiePairs, queryPairs } from "./pairs.ts";
import type { SchemeForm } from "./scheme-form.ts";

type ApiKey = Extract<SecurityScheme, { kind: "apiKey" }>;

/** A key in a header, the query or a cookie (OpenAPI 3.1, section 4.8.27). */
export const apiKeyScheme: SchemeForm<ApiKey> = {
  write: ({ in: place, name }, secret) => ({
    headers: place === "header" ? [[name, secret]] : [],
    query: place === "query" ? [[name, secret]] : [],
    cookies: place === "cookie" ? [[name, secret]] : [],
  }),
  isCarried({ in: place, name }, request) {
    if (place === "header") return request.headers.some(([key]) => isSame(key, name));
    const pairs = place === "query" ? queryPairs(request) : cookiePairs(request);
    return pairs.some((pair) => pair.name === name);
  },
  without({ in: place, name }, headers) {
    if (place === "header") return headers.filter(([key]) => !isSame(key, name));
    if (place === "query") return headers;
    return headers.flatMap(([key, value]): HeaderLine[] => {
      if (!isSame(key, "cookie")) return [[key, value]];
      const left = value.split(";").filter((pair) => pair.split("=")[0]?.trim() !== name);
      return left.length === 0 ? [] : [[key, left.join(";").trim()]];
    });
  },
};

function isSame(header: string, name: string): boolean {
  return header.toLowerCase() === name.toLowerCase();
}
