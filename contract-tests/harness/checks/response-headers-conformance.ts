import { joinPointer } from "../contract/json-pointer.ts";
import { headerValue } from "../http/header-value.ts";
import { parameterAccepts } from "../wire/read-parameter.ts";
import type { Check, Complaint } from "./check.ts";

/** Documented response headers are present when required, and match their schemas (OpenAPI 3.1, section 4.8.21). */
export const responseHeadersConformance: Check = {
  id: "response-headers-conformance",
  rule: "Documented response headers are present when required and match their schemas.",
  begin:
    () =>
    ({ response, rule, exchange, oracle }) => {
      if (
        !response ||
        !rule ||
        rule.headers.length === 0 ||
        exchange.case.expectation === "unsupported-method"
      )
        return undefined;
      const complaints: Complaint[] = [];
      const lost: string[] = [];
      for (const header of rule.headers) {
        const value = headerValue(response.headers, header.name);
        if (value === undefined) {
          if (header.required && response.lacks?.has(header.name.toLowerCase())) lost.push(header.name);
          else if (header.required)
            complaints.push({
              kind: `missing-${header.name.toLowerCase()}`,
              pointer: joinPointer(header.pointer, "required"),
              message: `The required header ${header.name} is missing.`,
              expected: header.name,
              actual: "no such header",
            });
          continue;
        }
        const parameter = { ...header, in: "header", style: "simple" } as const;
        const raw = { own: [value.trim()], pairs: [], decode: (text: string) => text };
        if (!parameterAccepts(parameter, raw, oracle, "response")) {
          complaints.push({
            kind: `invalid-${header.name.toLowerCase()}`,
            pointer: header.schema ?? header.pointer,
            message: `The header ${header.name} doesn't match its schema.`,
            expected: "a value that matches the header's schema",
            actual: value,
          });
        }
      }
      return complaints.length === 0 && lost.length > 0
        ? { notJudged: `the recorder leaves ${lost.join(", ")} out of every response` }
        : complaints;
    },
};
