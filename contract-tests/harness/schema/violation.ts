import type { ErrorObject } from "ajv";
import { joinPointer } from "../contract/json-pointer.ts";
import { jsonText } from "../contract/large-integer.ts";

/** One constraint of the contract that a value breaks. */
export interface Violation {
  /** JSON pointer of the constraint in the contract: `/components/schemas/Token/properties/id/minLength`. */
  readonly pointer: string;
  readonly keyword: string;
  /** JSON pointer into the value. */
  readonly instance: string;
  /** "must NOT have fewer than 1 characters". */
  readonly message: string;
  /** The name of the member that is missing or one too many. */
  readonly member?: string;
}

/**
 * What Ajv's errors say, each at its place in the contract.
 *
 * @param root pointer of the schema that the value was judged by
 * @param originOf pointer of the schema that a translated one came from
 */
export function violationsOf(
  errors: readonly ErrorObject[],
  root: string,
  originOf: (schema: object) => string | undefined,
): Violation[] {
  // That the chosen branch isn't matched says no more than the choice that fails with it.
  const choices = new Set(
    errors.filter(({ keyword }) => keyword.endsWith("Of")).map(({ instancePath }) => instancePath),
  );
  const telling = errors.filter(
    ({ params, instancePath }) => params[mismatch] !== true || !choices.has(instancePath),
  );
  const violations = outermost(telling).map((error): Violation => {
    const owner = error.parentSchema === undefined ? undefined : originOf(error.parentSchema);
    const pointer = owner === undefined ? root : joinPointer(owner, error.keyword);
    const member = memberAtFault(error);
    return {
      pointer,
      keyword: error.keyword,
      instance: error.instancePath,
      message: describe(error),
      ...(member === undefined ? {} : { member }),
    };
  });
  // `if` only repeats what its branch says, and so do `anyOf` and `oneOf` unless they are the whole story.
  return violations.filter((violation) => violation.keyword !== "if" || violations.length === 1);
}

/** Param of an error that says no more than those of the branches. */
export const mismatch = "mismatch";

/**
 * Most violations of one value: a large answer that matches no branch of a choice breaks each of them in every place, and
 * the places furthest out say the most.
 */
const mostViolations = 1_000;

function outermost(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  if (errors.length <= mostViolations) return errors;
  const depthOf = ({ instancePath }: ErrorObject) => instancePath.split("/").length;
  const kept = new Set([...errors].sort((a, b) => depthOf(a) - depthOf(b)).slice(0, mostViolations));
  return errors.filter((error) => kept.has(error));
}

/** The member that is missing or one too many. */
function memberAtFault({ params }: ErrorObject): string | undefined {
  const { missingProperty, additionalProperty, unevaluatedProperty } = params as Record<string, unknown>; // a plain object
  const name = missingProperty ?? additionalProperty ?? unevaluatedProperty;
  return typeof name === "string" ? name : undefined;
}

function describe(error: ErrorObject): string {
  const where = error.instancePath === "" ? "the value" : error.instancePath;
  const { allowedValues, allowedValue, additionalProperty, unevaluatedProperty } = error.params as Record<
    string,
    unknown
  >; // Ajv's params are a plain object
  if (Array.isArray(allowedValues)) return `${where} must be one of ${listed(allowedValues)}`;
  if (allowedValue !== undefined) return `${where} must be ${jsonText(allowedValue)}`;
  const extra = additionalProperty ?? unevaluatedProperty;
  if (extra !== undefined) return `${where} must not have the property ${JSON.stringify(extra)}`;
  return `${where} ${error.message ?? `violates ${error.keyword}`}`;
}

/** Most values that a message lists. */
const mostListed = 100;

function listed(values: readonly unknown[]): string {
  const shown = values.slice(0, mostListed).map((value) => jsonText(value));
  if (values.length > mostListed) shown.push(`… (${values.length} in all)`);
  return shown.join(", ");
}
