import { isObject } from "../contract/json-object.ts";
import { joinPointer, pointerSteps, valueAt } from "../contract/json-pointer.ts";
import { visitAnnotated } from "../schema/visit-instance.ts";
import type { Check, Complaint } from "./check.ts";

/**
 * A writeOnly property (a password, a secret) is sent in requests and never in responses (OpenAPI 3.1, section 4.8.24.4).
 * Only schemas that the response matches count: what an inapplicable branch hides isn't a secret here.
 */
export const writeOnlyLeak: Check = {
  id: "write-only-leak",
  rule: "No response contains a writeOnly property.",
  begin:
    () =>
    ({ oracle, exchange, body }) => {
      if (body.kind !== "values" || exchange.case.expectation === "unsupported-method") return undefined;
      const described = body.values.filter(({ schema }) => schema !== undefined);
      if (described.length === 0) return undefined;
      const complaints: Complaint[] = [];
      if (!oracle.has("writeOnly")) return complaints;
      for (const { value: answer, schema = "" } of described) {
        for (const { schemas, instance } of visitAnnotated(oracle, schema, "response", answer)) {
          const owner = instance.slice(0, Math.max(0, instance.lastIndexOf("/")));
          const name = pointerSteps(instance).at(-1);
          const hidden = schemas.find((one) => one.schema["writeOnly"] === true);
          if (!hidden || name === undefined || !isObject(valueAt(answer, owner))) continue;
          complaints.push({
            kind: "leaked",
            pointer: joinPointer(hidden.pointer, "writeOnly"),
            message: `The response has the writeOnly property ${JSON.stringify(name)} at ${owner === "" ? "its root" : owner}.`,
            expected: `no ${name}`,
            actual: `${name} in the response`,
          });
        }
      }
      return complaints;
    },
};
