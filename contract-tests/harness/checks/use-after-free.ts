import { isDone } from "../cases/answered.ts";
import { idIn, madeBy } from "../cases/identify.ts";
import { rowsOf } from "../cases/paging.ts";
import { resourceMap } from "../cases/resources.ts";
import { canonicalPath } from "../cases/runtime-expression.ts";
import { joinPointer } from "../contract/json-pointer.ts";
import { sameShape } from "../contract/match-operation.ts";
import type { Check, Complaint } from "./check.ts";
import type { Exchange } from "./finding.ts";
import { answeredIn, isMeant, pathIn } from "./observed.ts";

/** What a DELETE removed can no longer be read, and isn't listed (RFC 9110, section 9.3.5). */
export const useAfterFree: Check = {
  id: "use-after-free",
  rule: "What was deleted can no longer be read.",
  needsMemory: true,
  begin: () => {
    const gone = new Map<string, Exchange>();
    return (judged) => {
      const answered = answeredIn(judged);
      if (!answered) return undefined;
      const { operation, response } = answered;
      const path = pathIn(judged);
      for (const { path: made } of madeBy(judged.contract, judged.oracle, answered))
        gone.delete(canonicalPath(made));
      if (operation.method === "PUT" && response.status < 400) gone.delete(path);
      // Only for one of many: what DELETE merely empties, such as a cart, may still exist.
      if (operation.method === "DELETE" && operation.path.endsWith("}") && isDone(response))
        gone.set(path, judged.exchange);
      if (!isMeant(judged) || !["GET", "HEAD"].includes(operation.method)) return undefined;
      const pointer = joinPointer(operation.pointer, "responses");
      const deleted = gone.get(path);
      if (deleted)
        return response.status < 300
          ? [
              {
                kind: "still-there",
                pointer,
                message: `What ${deleted.case.operation} deleted can still be read.`,
                expected: "404 or 410",
                actual: String(response.status),
                steps: [deleted],
              },
            ]
          : [];
      const rows = isDone(response) ? rowsOf(answered.body) : undefined;
      const resource = resourceMap(judged.contract).resources.find(
        ({ list, remove }) => list && remove && sameShape(list.path, operation.path),
      );
      if (!rows || resource?.parameter === undefined) return undefined;
      const own = [...gone].filter(([other]) => other.slice(0, other.lastIndexOf("/")) === path);
      if (own.length === 0) return undefined;
      const { parameter } = resource;
      const listed = new Set(
        rows.map((row) =>
          canonicalPath(
            `${path}/${encodeURIComponent(String(idIn(row, resource, parameter, judged.oracle)))}`,
          ),
        ),
      );
      return own
        .filter(([other]) => listed.has(other))
        .map(
          ([, exchange]): Complaint => ({
            kind: "still-listed",
            pointer,
            message: `What ${exchange.case.operation} deleted is still listed.`,
            expected: "a list without it",
            actual: "a row with its id",
            steps: [exchange],
          }),
        );
    };
  },
};
