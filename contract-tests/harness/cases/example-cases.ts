import type { Example } from "../contract/contract.ts";
import { documentedFamily, whyBodyNotJudged } from "../wire/body.ts";
import { type RequestParts, withParameter } from "../wire/request-parts.ts";
import { withMembers } from "./caller-values.ts";
import type { CaseCollector } from "./case-collector.ts";
import { bodyExample, parameterExample } from "./example-value.ts";

/** A case for each example of the document; one that breaks its own schema is told instead. */
export function addExampleCases(collector: CaseCollector, base: RequestParts): void {
  const { operation } = collector;
  for (const parameter of operation.parameters) {
    if (parameter.credential || collector.given(parameter)) continue;
    for (const example of parameter.examples) {
      const meant = usable(collector, example, parameterExample(collector.oracle, parameter, example));
      if (meant) {
        collector.accepted(
          "examples",
          `${parameter.name} as in ${nameOf(example)}`,
          withParameter(base, parameter, meant.value),
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
      const meant = usable(collector, example, bodyExample(oracle, mediaType, judged, example));
      if (meant) {
        collector.accepted("examples", `body as in ${nameOf(example)}`, {
          ...base,
          body: { mediaType, value: withMembers(oracle, judged, meant.value, collector.options.given) },
        });
      }
    }
  }
}

function nameOf({ name }: Example): string {
  return name === "example" ? "the example" : `example ${name}`;
}

function usable<Meant>(
  collector: CaseCollector,
  example: Example,
  meant: Meant | undefined,
): Meant | undefined {
  if (meant === undefined) collector.skip(example.pointer, "the example doesn't match its own schema");
  return meant;
}
