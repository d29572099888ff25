import { joinPointer } from "../contract/json-pointer.ts";
import { isSafe } from "../http/loopback.ts";
import type { Check } from "./check.ts";
import { repeatFirstAccepted } from "./repeat-first-accepted.ts";

/**
 * The same request gets the same kind of response: the first valid one of each operation is repeated. Only the status and the
 * media type count, since data may change, and a read only until something is written. A repeat that is answered 404, 409
 * or 410 only shows that the first one had its effect.
 */
export const stability: Check = {
  id: "stability",
  rule: "A repeated request gets the same status and media type.",
  needsLiveServer: true,
  probes: repeatFirstAccepted,
  begin: () => {
    const first = new Map<string, { readonly answer: string; readonly writes: number }>();
    let writes = 0;
    return ({ operation, exchange, response, rule, contentType }) => {
      if (!response) return undefined;
      const { request } = exchange.case;
      const key = JSON.stringify([
        request.method,
        request.path,
        request.headers,
        request.body ? Buffer.from(request.body).toString("base64") : "",
      ]);
      const { status } = response;
      const answer = `${status} ${contentType ? `${contentType.type}/${contentType.subtype}` : "no media type"}`;
      const isRead = isSafe(request.method);
      if (!isRead && (status < 400 || status >= 500)) writes++;
      const before = first.get(key);
      const isOutdated = isRead && before?.writes !== writes;
      if (!before || isOutdated) first.set(key, { answer, writes });
      if (!before) return undefined;
      if (before.answer === answer) return [];
      const isSpent = (rule || !isRead) && [404, 409, 410].includes(status);
      if (isOutdated || (isSpent && !before.answer.startsWith(String(status)))) return undefined;
      return [
        {
          kind: "differs",
          pointer: joinPointer(operation.pointer, "responses"),
          message: "Repeating the request gave a different status or media type.",
          expected: before.answer,
          actual: answer,
        },
      ];
    };
  },
};
