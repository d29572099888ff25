import { isObject } from "../contract/json-object.ts";
import type { Check, Complaint } from "./check.ts";
import { repeatFirstAccepted } from "./repeat-first-accepted.ts";
import { visitBody } from "./visit-body.ts";

/**
 * For contracts that issue tokens, and only where the contract says so: a response property marked
 * `x-fresh: true` (which an overlay may add) has a different value in every response, and is never empty.
 */
export const freshToken: Check = {
  id: "fresh-token",
  rule: "A response property marked x-fresh is never empty and never repeated.",
  needsLiveServer: true,
  probes: repeatFirstAccepted,
  begin: () => {
    const seen = new Map<string, Set<string>>();
    return ({ oracle, exchange, body }) => {
      const places = visitBody(oracle, body);
      if (!places || exchange.case.expectation === "unsupported-method") return undefined;
      const complaints: Complaint[] = [];
      let looked = false;
      for (const { instance, value, schemas } of places) {
        const marked = schemas.find(({ schema }) => schema["x-fresh"] === true);
        if (!marked || isObject(value)) continue;
        looked = true;
        const text = typeof value === "string" ? value : JSON.stringify(value);
        const values = seen.get(marked.pointer) ?? new Set<string>();
        seen.set(marked.pointer, values);
        const place = instance === "" ? "the body" : instance;
        const expected = "a new value";
        if (text.trim() === "" || value === null)
          complaints.push({
            kind: "empty",
            pointer: marked.pointer,
            message: `${place} is marked x-fresh but is empty.`,
            expected,
            actual: "nothing",
          });
        else if (values.has(text))
          complaints.push({
            kind: "repeated",
            pointer: marked.pointer,
            message: `${place} is marked x-fresh but repeats the value of an earlier response.`,
            expected,
            actual: "a value seen before",
          });
        values.add(text);
      }
      return looked ? complaints : undefined;
    };
  },
};
