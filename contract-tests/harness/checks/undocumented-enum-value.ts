import { type Oracle, SchemaError } from "../schema/oracle.ts";
import type { Check, Complaint } from "./check.ts";
import { describeValue } from "./describe-value.ts";
import { visitBody } from "./visit-body.ts";

/**
 * Drift: the server sends a value that is on no list of the contract yet. If the list is closed, the schema is violated
 * too, and response-schema-conformance says so; for an open list (`anyOf` with a plain string, `x-extensible-enum`) this
 * warning is all.
 */
export const undocumentedEnumValue: Check = {
  id: "undocumented-enum-value",
  rule: "Every value with a documented list of values is on that list (warning).",
  needsLiveServer: true,
  begin:
    () =>
    ({ oracle, exchange, body }) => {
      const places = visitBody(oracle, body);
      if (!places || exchange.case.expectation === "unsupported-method") return undefined;
      const complaints: Complaint[] = [];
      let looked = false;
      const isTold = (instance: string) =>
        body.kind === "values" &&
        body.values.some(
          ({ value, schema }) => schema !== undefined && breaksList(oracle, schema, value, instance),
        );
      for (const { instance, value, schemas } of places) {
        if (typeof value !== "string") continue;
        const lists = schemas.flatMap(({ pointer, schema }) =>
          ["enum", "x-extensible-enum"].flatMap((keyword) =>
            Array.isArray(schema[keyword])
              ? [{ pointer: `${pointer}/${keyword}`, list: schema[keyword] as unknown[] }]
              : [],
          ),
        );
        const [first] = lists;
        if (!first) continue;
        looked = true;
        if (lists.some(({ list }) => list.includes(value)) || isTold(instance)) continue;
        complaints.push({
          kind: "undocumented",
          severity: "warning",
          pointer: first.pointer,
          message: `The response has an undocumented value at ${instance === "" ? "its root" : instance}.`,
          expected: `one of ${lists
            .flatMap(({ list }) => list)
            .map((item) => JSON.stringify(item))
            .join(", ")}`,
          actual: describeValue(value, ""),
        });
      }
      return looked ? complaints : undefined;
    },
};

function breaksList(oracle: Oracle, schema: string, value: unknown, instance: string): boolean {
  try {
    return oracle
      .violations(schema, "response", value)
      .some((one) => one.keyword === "enum" && one.instance === instance);
  } catch (error) {
    if (!(error instanceof SchemaError)) throw error;
    return false;
  }
}
