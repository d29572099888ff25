import fc from "fast-check";
import type { Operation, Parameter } from "../contract/contract.ts";
import { type PathTable, sameShape } from "../contract/match-operation.ts";
import { arbitraryValue } from "../schema/arbitrary-value.ts";
import type { Oracle } from "../schema/oracle.ts";
import { documentedFamily, whyBodyNotJudged } from "../wire/body.ts";
import { isOwnParameter } from "../wire/credentials.ts";
import { buildRequest, type RequestParts } from "../wire/request-parts.ts";
import { noCallerValues, withMembers } from "./caller-values.ts";
import type { Case } from "./case.ts";
import type { CaseOptions } from "./case-collector.ts";

/** Requests made at random that conform to the contract; null where the values drawn don't. */
export type FuzzedCase = Case | null;

/**
 * Draws whole valid requests of an operation: every parameter and the body at once, optional ones present or not.
 * Undefined when nothing about the operation can vary. `bind` puts in what isn't to be drawn: names that the server gave.
 */
export function fuzzedCases(
  oracle: Oracle,
  paths: PathTable,
  operation: Operation,
  base: RequestParts,
  { headers, given = noCallerValues }: Pick<CaseOptions, "headers" | "given">,
  bind: (parts: RequestParts) => RequestParts = (parts) => parts,
): fc.Arbitrary<FuzzedCase> | undefined {
  const varied = operation.parameters.filter(
    (p) => p.schema !== undefined && !p.credential && !isOwnParameter(p, headers) && !given.parameters.has(p),
  );
  const parameters = varied.map((parameter) => drawn(oracle, parameter));
  const mediaType = operation.requestBody?.contents.find(
    (mediaType) =>
      mediaType.schema !== undefined &&
      documentedFamily(mediaType.name)?.name !== "binary" &&
      whyBodyNotJudged({ oracle, mediaType }) === undefined,
  );
  const body = mediaType?.schema === undefined ? undefined : arbitraryValue(oracle, mediaType.schema);
  if (parameters.length === 0 && !body) return undefined;
  return fc.tuple(fc.tuple(...parameters), body ?? fc.constant(undefined)).map(([values, bodyValue]) => {
    const parts = new Map(base.parameters);
    for (const [index, parameter] of varied.entries()) {
      const value = values[index];
      if (value === undefined) parts.delete(parameter);
      else if (
        parameter.schema !== undefined &&
        oracle.accepts(parameter.schema, "request", value) &&
        value !== ""
      )
        parts.set(parameter, value);
      else return null;
    }
    if (mediaType?.schema !== undefined && body && !oracle.accepts(mediaType.schema, "request", bodyValue))
      return null;
    const { credentials } = base;
    const whole = {
      parameters: parts,
      credentials,
      ...(mediaType && body
        ? { body: { mediaType, value: withMembers(oracle, mediaType.schema, bodyValue, given) } }
        : base.body
          ? { body: base.body }
          : {}),
    };
    return toCase(oracle, paths, operation, bind(whole));
  });
}

function drawn(oracle: Oracle, parameter: Parameter): fc.Arbitrary<unknown> {
  const values = arbitraryValue(oracle, parameter.schema ?? "");
  return parameter.required ? values : fc.option(values, { nil: undefined });
}

function toCase(oracle: Oracle, paths: PathTable, operation: Operation, parts: RequestParts): FuzzedCase {
  const request = buildRequest(oracle, operation, parts);
  const match = request && paths.match(request.path);
  if (!request || !match || !sameShape(match.path, operation.path)) return null;
  return {
    id: `${operation.id} › valid at random`,
    operation: operation.id,
    phase: "fuzzing",
    expectation: "accepted",
    request,
  };
}
