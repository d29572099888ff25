import { joinPointer } from "../contract/json-pointer.ts";
import { headerValue } from "../http/header-value.ts";
import { hasNoContent } from "../http/no-content.ts";
import type { Check } from "./check.ts";

/**
 * A body is what its headers say: as long as Content-Length (RFC 9112, section 6.3), decodable by its content coding (RFC
 * 9110, section 8.4), and JSON in UTF-8 with nothing after it (RFC 8259).
 */
export const responseBodyIntegrity: Check = {
  id: "response-body-integrity",
  rule: "The body is complete and can be read as its headers say.",
  begin:
    () =>
    ({ operation, exchange, rule, response, body }) => {
      if (!response) return undefined;
      const pointer = rule?.pointer ?? joinPointer(operation.pointer, "responses");
      const declared = headerValue(response.headers, "content-length");
      const size = `${response.body.length} bytes`;
      if (response.truncated) {
        return [
          {
            kind: "truncated",
            pointer,
            message: "The connection closed before the body was complete.",
            expected: declared === undefined ? "the complete body" : `${declared} bytes`,
            actual: size,
          },
        ];
      }
      const bodiless = hasNoContent(exchange.case.request.method, response.status);
      const chunked = headerValue(response.headers, "transfer-encoding") !== undefined;
      if (!bodiless && !chunked && declared !== undefined && Number(declared) !== response.body.length) {
        return [
          {
            kind: "length-mismatch",
            pointer,
            message: "The body isn't as long as Content-Length says.",
            expected: `${declared} bytes`,
            actual: size,
          },
        ];
      }
      if (body.kind === "none") return undefined;
      if (body.kind !== "fault") return [];
      const { kind, message } = body.fault;
      return [
        {
          kind,
          pointer,
          message: `The body can't be read: ${message}.`,
          expected: "a body that matches its headers",
          actual: message,
        },
      ];
    },
};
