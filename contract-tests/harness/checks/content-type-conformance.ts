import { joinPointer } from "../contract/json-pointer.ts";
import { headerValue } from "../http/header-value.ts";
import { mediaTypeMatches } from "../http/media-type.ts";
import { hasNoContent } from "../http/no-content.ts";
import type { Check } from "./check.ts";

/**
 * Media types are compared ignoring case and `charset`; any other documented parameter (`version=2`) must
 * not have a different value (RFC 9110, section 8.3.1).
 */
export const contentTypeConformance: Check = {
  id: "content-type-conformance",
  rule: "The response's media type is one of those documented for its status.",
  begin:
    () =>
    ({ exchange, response, rule, contentType }) => {
      if (
        !response ||
        !rule ||
        rule.contents.length === 0 ||
        exchange.case.expectation === "unsupported-method"
      )
        return undefined;
      if (hasNoContent(exchange.case.request.method, response.status)) return undefined;
      const raw = headerValue(response.headers, "content-type");
      const expected = rule.contents.map(({ name }) => name).join(" or ");
      const pointer = joinPointer(rule.pointer, "content");
      if (raw === undefined) {
        return [
          {
            kind: "missing",
            pointer,
            message: "The response has no Content-Type.",
            expected,
            actual: "no Content-Type",
          },
        ];
      }
      if (!contentType) {
        return [
          {
            kind: "malformed",
            pointer,
            message: "The Content-Type isn't a valid media type.",
            expected,
            actual: raw,
          },
        ];
      }
      if (rule.contents.some(({ name }) => mediaTypeMatches(name, contentType))) return [];
      return [
        {
          kind: "undocumented",
          pointer,
          message: "The response's media type isn't documented.",
          expected,
          actual: raw,
        },
      ];
    },
};
