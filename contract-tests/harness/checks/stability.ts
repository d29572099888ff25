import { joinPointer } from "../contract/json-pointer.ts";
import type { Check } from "./check.ts";
import { repeatFirstAccepted } from "./repeat-first-accepted.ts";

/**
 * The same request has the same kind of answer: the first valid one of each operation is repeated. Only the status and the media type count, since
 * data may change; a documented 404, 409 or 410 to a repeat only says that the first one had its effect.
 */
export const stability: Check = {
  id: "stability",
  rule: "A repeated request is answered in the same way.",
  needsLiveServer: true,
  probes: repeatFirstAccepted,
  begin: () => {
    const first = new Map<string, string>();
    return ({ operation, exchange, response, rule, contentType }) => {
      if (!response) return undefined;
      const { request } = exchange.case;
      const key = JSON.stringify([
        request.method,
        request.path,
        request.headers,
        request.body ? Buffer.from(request.body).toString("base64") : "",
      ]);
      const answer = `${response.status} ${contentType ? `${contentType.type}/${contentType.subtype}` : "no media type"}`;
      const before = first.get(key);
      if (before === undefined) {
        first.set(key, answer);
        return undefined;
      }
      if (before === answer) return [];
      if (rule && [404, 409, 410].includes(response.status) && !before.startsWith(String(response.status)))
        return undefined;
      return [
        {
          kind: "differs",
          pointer: joinPointer(operation.pointer, "responses"),
          message: "The same request was answered differently when it was repeated.",
          expected: before,
          actual: answer,
        },
      ];
    };
  },
};
