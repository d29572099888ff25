import { isObject } from "../contract/json-object.ts";
import { joinPointer } from "../contract/json-pointer.ts";
import { memberSchemas } from "../schema/member-schemas.ts";
import type { Check, Complaint } from "./check.ts";
import { visitBody } from "./visit-body.ts";

/** A writeOnly property (a password, a secret) is sent in requests and never in answers (OpenAPI 3.1, section 4.8.24.4). */
export const writeOnlyLeak: Check = {
  id: "write-only-leak",
  rule: "No answer contains a property that is writeOnly.",
  begin:
    () =>
    ({ oracle, exchange, body }) => {
      const places = visitBody(oracle, body);
      if (!places || exchange.case.expectation === "unsupported-method") return undefined;
      const complaints: Complaint[] = [];
      for (const { value, schemas, instance } of places) {
        if (!isObject(value)) continue;
        for (const name of Object.keys(value)) {
          const [hidden] = schemas
            .flatMap(({ pointer, schema }) => memberSchemas(pointer, schema, name))
            .filter((pointer) =>
              [oracle.source(pointer), oracle.follow(pointer).schema].some(
                (schema) => isObject(schema) && schema["writeOnly"] === true,
              ),
            );
          if (hidden === undefined) continue;
          complaints.push({
            kind: "leaked",
            pointer: joinPointer(hidden, "writeOnly"),
            message: `The answer has the writeOnly property ${JSON.stringify(name)} at ${instance === "" ? "its root" : instance}.`,
            expected: `no ${name}`,
            actual: `${name} in the answer`,
          });
        }
      }
      return complaints;
    },
};
