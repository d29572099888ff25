import { isObject } from "../contract/json-object.ts";
import { joinPointer } from "../contract/json-pointer.ts";
import { memberSchemas, speaksOfMembers } from "../schema/member-schemas.ts";
import { settled } from "../schema/place-in-value.ts";
import type { Check, Complaint } from "./check.ts";
import { visitBody } from "./visit-body.ts";

/**
 * Drift: the server sends a property that the contract doesn't document yet. The schema allows that unless it says
 * `additionalProperties: false`, so this is a warning and fails nothing.
 */
export const undocumentedProperty: Check = {
  id: "undocumented-property",
  rule: "Every property of a response is documented (warning).",
  needsLiveServer: true,
  begin:
    () =>
    ({ oracle, exchange, body }) => {
      const places = visitBody(oracle, body);
      if (!places || exchange.case.expectation === "unsupported-method") return undefined;
      const complaints: Complaint[] = [];
      let looked = false;
      for (const { instance, value, schemas } of places) {
        if (!isObject(value)) continue;
        const documenting = schemas.filter(
          ({ schema }) => isObject(schema["properties"]) || isObject(schema["patternProperties"]),
        );
        const closed = schemas.some(
          ({ schema }) =>
            schema["additionalProperties"] !== undefined || schema["unevaluatedProperties"] !== undefined,
        );
        const [owner] = documenting;
        if (!owner || closed) continue; // a map, or the schema itself has the say
        looked = true;
        const speaking = schemas.filter(({ schema }) => speaksOfMembers(schema));
        for (const name of Object.keys(value)) {
          if (speaking.some(({ pointer, schema }) => memberSchemas(pointer, schema, name).length > 0))
            continue;
          complaints.push({
            kind: "undocumented",
            at: `/${settled(name)}`,
            severity: "warning",
            pointer: joinPointer(owner.pointer, "properties"),
            message: `The response has the undocumented property ${JSON.stringify(name)} at ${instance === "" ? "its root" : instance}.`,
            expected: Object.keys(
              isObject(owner.schema["properties"]) ? owner.schema["properties"] : {},
            ).join(", "),
            actual: name,
          });
        }
      }
      return looked ? complaints : undefined;
    },
};
