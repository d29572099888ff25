import type { Parameter } from "../contract/contract.ts";
import { joinPointer } from "../contract/json-pointer.ts";
import { leafOf } from "../schema/deviations.ts";
import { enumOf, flattenSchema } from "../schema/flat-schema.ts";
import type { Deviation, RequestViolation } from "../wire/deviation.ts";
import { parameterViolation } from "../wire/judge-request.ts";
import { mayBeNothing } from "../wire/raw-parameter.ts";
import { buildRequest, type RequestParts, withParameter } from "../wire/request-parts.ts";
import { parameterValue } from "./base-request.ts";
import type { CaseCollector } from "./case-collector.ts";

/** Most listed values of other parameters for which a missing one is tried. */
const maxListed = 12;

/** The parameter missing, given, and on both sides of each of its constraints. */
export function addParameterCases(collector: CaseCollector, base: RequestParts, parameter: Parameter): void {
  const isMissed = parameter.required && !mayBeNothing(collector.oracle, parameter);
  if (isMissed && parameter.in !== "path") addMissing(collector, base, parameter);
  if (parameter.credential || parameter.schema === undefined) return;
  if (collector.isOwn(parameter)) return;
  const made = base.parameters.has(parameter)
    ? { value: base.parameters.get(parameter) }
    : parameterValue(collector, parameter);
  if (!made) return;
  collector.accepted("coverage", `${parameter.name} given`, withParameter(base, parameter, made.value));
  for (const variation of collector.variations(parameter.schema, made.value)) {
    // A parameter arrives as text, so that only text can be of the wrong type; an empty one counts as absent for many.
    if (variation.keyword === "type" && typeof leafOf(variation) !== "string") continue;
    if (variation.value === "" && (variation.valid || parameter.allowEmptyValue)) continue;
    const parts = withParameter(base, parameter, variation.value);
    collector.variation(parameter.name, parameter.in, parameter.name, variation, parts, () =>
      brokenAsRead(collector, parts, parameter),
    );
  }
}

/** What is broken by the likeliest reading of what would be sent; nothing when some reading is valid. */
function brokenAsRead(
  { contract, operation, paths, oracle }: CaseCollector,
  parts: RequestParts,
  parameter: Parameter,
): readonly Pick<RequestViolation, "pointer" | "keyword" | "at">[] {
  const request = buildRequest(oracle, operation, parts);
  const match = request && paths.match(request.path);
  if (!request || !match) return [];
  const violation = parameterViolation(contract, oracle, operation, parameter, match, request);
  const isMissing = violation?.pointer === joinPointer(parameter.pointer, "required");
  return violation && !isMissing ? [violation] : [];
}

/** What is asked for may decide whether a parameter is looked at: it is left out for each listed value of the others. */
function addMissing(collector: CaseCollector, base: RequestParts, parameter: Parameter): void {
  const deviation: Deviation = {
    pointer: joinPointer(parameter.pointer, "required"),
    keyword: "required",
    in: parameter.in,
    name: parameter.name,
  };
  const own = (name: string) =>
    parameter.in === "header" && name.toLowerCase() === parameter.name.toLowerCase();
  const credentials = {
    ...base.credentials,
    headers: base.credentials.headers.filter(([name]) => !own(name)),
  };
  const without = withParameter({ ...base, credentials }, parameter, undefined);
  collector.rejected(`${parameter.name} missing`, without, deviation);
  for (const other of collector.operation.parameters) {
    if (other === parameter || other.credential || other.schema === undefined || !base.parameters.has(other))
      continue;
    for (const value of enumOf(flattenSchema(collector.oracle, other.schema))?.slice(0, maxListed) ?? []) {
      collector.rejected(
        `${parameter.name} missing with ${other.name} ${JSON.stringify(value)}`,
        withParameter(without, other, value),
        deviation,
      );
    }
  }
}
