import type { Example } from "../contract/contract.ts";
import { documentedFamily, whyBodyNotJudged } from "../wire/body.ts";
import { type RequestParts, withParameter } from "../wire/request-parts.ts";
import { withMembers } from "./caller-values.ts";
import type { CaseCollector } from "./case-collector.ts";

/** A case for each example of the document; one that breaks its own schema is told instead. */
export function addExampleCases(collector: CaseCollector, base: RequestParts): void {
  const { operation } = collector;
  for (const parameter of operation.parameters) {
    if (parameter.credential || collector.given(parameter)) continue;
    for (const example of parameter.examples) {
      if (isUsable(collector, example, parameter.schema)) {
        collector.accepted(
          "examples",
          `${parameter.name} as in ${nameOf(example)}`,
          withParameter(base, parameter, example.value),
        );
      }
    }
  }
  for (const mediaType of operation.requestBody?.contents ?? []) {
    const { oracle } = collector;
    const isJudged =
      documentedFamily(mediaType.name)?.name !== "binary" &&
      whyBodyNotJudged({ oracle, mediaType }) === undefined;
    const judged = isJudged ? mediaType.schema : undefined;
    for (const example of mediaType.examples) {
      if (isUsable(collector, example, judged)) {
        collector.accepted("examples", `body as in ${nameOf(example)}`, {
          ...base,
          body: { mediaType, value: withMembers(oracle, judged, example.value, collector.options.given) },
        });
      }
    }
  }
}

function nameOf({ name }: Example): string {
  return name === "example" ? "the example" : `example ${name}`;
}

function isUsable(collector: CaseCollector, example: Example, schema: string | undefined): boolean {
  if (schema === undefined || collector.oracle.accepts(schema, "request", example.value)) return true;
  collector.skip(example.pointer, "the example breaks its own schema");
  return false;
}
