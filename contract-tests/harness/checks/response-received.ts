import { joinPointer } from "../contract/json-pointer.ts";
import type { Check } from "./check.ts";

/** Every request must get an HTTP response, not a closed connection or bytes that aren't an HTTP message (RFC 9112). */
export const responseReceived: Check = {
  id: "response-received",
  rule: "Every request gets a well-formed HTTP response.",
  begin:
    () =>
    ({ operation, exchange: { failure } }) => {
      if (!failure) return [];
      if (failure.code === "TIMEOUT") return undefined; // max-response-time tells it
      if (failure.code === "BODY_TOO_LARGE") return { notJudged: failure.message };
      const malformed = /^HPE_|^ERR_/.test(failure.code);
      return [
        {
          kind: malformed ? "malformed" : "no-answer",
          pointer: joinPointer(operation.pointer, "responses"),
          message: malformed
            ? "The response isn't a well-formed HTTP message."
            : "The connection closed without a response.",
          expected: "an HTTP response",
          actual: failure.code,
        },
      ];
    },
};
