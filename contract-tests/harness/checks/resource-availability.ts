import { isDone } from "../cases/answered.ts";
import { type MadeThing, madeBy } from "../cases/identify.ts";
import { canonicalPath } from "../cases/runtime-expression.ts";
import { joinPointer } from "../contract/json-pointer.ts";
import type { Check } from "./check.ts";
import type { Exchange } from "./finding.ts";
import { answeredIn, isMeant, isWithin, pathIn } from "./observed.ts";

interface Made {
  readonly thing: MadeThing;
  readonly exchange: Exchange;
}

/**
 * What a POST created exists until it, or what contains it, is deleted. If its path follows from a link or
 * Location, its absence is an error; if it was guessed from a name in the response, a warning until the guess has proved
 * right once.
 */
export const resourceAvailability: Check = {
  id: "resource-availability",
  rule: "What was created can be read.",
  needsMemory: true,
  begin: () => {
    const made = new Map<string, Made>();
    const proven = new Set<string>();
    return (judged) => {
      const answered = answeredIn(judged);
      if (!answered) return undefined;
      const { operation, response } = answered;
      for (const thing of isMeant(judged) ? madeBy(judged.contract, judged.oracle, answered) : [])
        made.set(canonicalPath(thing.path), { thing, exchange: judged.exchange });
      const path = pathIn(judged);
      if (operation.method === "DELETE" && response.status < 500) {
        for (const [other, { exchange }] of made)
          if (isWithin(other, path) || isWithin(canonicalPath(exchange.case.request.path), path))
            made.delete(other);
      }
      const known = made.get(path);
      if (!known || !isMeant(judged) || !["GET", "HEAD"].includes(operation.method)) return undefined;
      const { thing, exchange } = known;
      const guess = `${thing.resource.path} ${thing.by}`;
      if (isDone(response)) {
        proven.add(guess);
        return [];
      }
      if (response.status !== 404 && response.status !== 410) return undefined;
      const isGuess = thing.by === "name" && !proven.has(guess);
      return [
        {
          kind: "not-there",
          ...(isGuess ? { severity: "warning" } : {}),
          pointer: joinPointer(operation.pointer, "responses"),
          message: isGuess
            ? `What ${exchange.case.operation} created can't be read (assuming the path takes the id in its response).`
            : `What ${exchange.case.operation} created can't be read.`,
          expected: "a success",
          actual: String(response.status),
          steps: [exchange],
        },
      ];
    };
  },
};
