import type { CallerValue, CallerValues } from "../cases/caller-values.ts";
import type { Contract, Operation, Parameter } from "../contract/contract.ts";
import { LargeInteger, parseJsonText, throwUnlessBadText } from "../contract/large-integer.ts";
import { nearestName } from "../http/nearest-name.ts";
import { UserError } from "../http/user-error.ts";
import type { Oracle } from "../schema/oracle.ts";
import { propertyOf } from "../schema/schema-members.ts";
import { matchingOperations } from "./choose-operations.ts";

/** A value of the caller's: for every parameter of a name, or `operationId.name` for that of one operation. */
export interface GivenValue {
  readonly name: string;
  /** As text, or as JSON has it: it becomes what the parameter's schema takes. */
  readonly value: unknown;
  /** How it is written, for messages: `--param item_id`. */
  readonly written: string;
  /** Filters of the operations that it is for, as `--only` takes them. Default: all. */
  readonly match?: readonly string[];
}

interface Place {
  readonly operation: Operation;
  readonly isForThis: boolean;
  readonly schema: string | undefined;
  readonly parameter?: Parameter;
  readonly name: string;
}

/**
 * What the caller gives for each operation: later layers before earlier ones, and within one later values before earlier
 * ones and those for one operation before those for all. Behind them come values that an overlay has put into the document as a parameter's example.
 *
 * @throws {UserError} when a name matches nothing, or a value is valid nowhere
 */
export function resolveValues(
  contract: Contract,
  oracle: Oracle,
  layers: readonly (readonly GivenValue[])[],
): ReadonlyMap<Operation, CallerValues> {
  const resolved = new Map(
    contract.operations.map((operation) => [
      operation,
      { parameters: overlaidExamples(contract, oracle, operation), members: new Map<string, unknown>() },
    ]),
  );
  for (const layer of layers) {
    const places = layer.flatMap((one) => validPlaces(contract, oracle, one));
    for (const wanted of [false, true])
      for (const { operation, parameter, name, isForThis, value } of places) {
        if (isForThis !== wanted) continue;
        const own = resolved.get(operation);
        if (parameter) own?.parameters.set(parameter, { value, isForThis });
        else own?.members.set(name, value);
      }
  }
  return resolved;
}

function validPlaces(
  contract: Contract,
  oracle: Oracle,
  given: GivenValue,
): readonly (Place & { readonly value: unknown })[] {
  const among = given.match
    ? matchingOperations(contract.operations, given.match, given.written)
    : contract.operations;
  const places = placesOf(among, oracle, given);
  if (places.length === 0) throw unknownName(among, given);
  const valid = places.flatMap((place) => {
    const value = fitting(oracle, place.schema, given.value);
    return value ? [{ ...place, ...value }] : [];
  });
  if (valid.length === 0) throw invalid(places[0], given);
  return valid;
}

/** Parameters and members of bodies, by the whole name or by what follows an operationId. */
function placesOf(
  among: readonly Operation[],
  oracle: Oracle,
  { name, match }: GivenValue,
): readonly Place[] {
  return among.flatMap((operation): Place[] => {
    const prefix = `${operation.operationId ?? ""}.`;
    const own = prefix !== "." && name.startsWith(prefix) ? name.slice(prefix.length) : undefined;
    return [
      ...placesIn(oracle, operation, name, match !== undefined),
      ...(own === undefined ? [] : placesIn(oracle, operation, own, true)),
    ];
  });
}

function placesIn(oracle: Oracle, operation: Operation, name: string, isForThis: boolean): readonly Place[] {
  const isIt = (parameter: Parameter) =>
    parameter.in === "header" ? parameter.name.toLowerCase() === name.toLowerCase() : parameter.name === name;
  const parameters = operation.parameters.filter(isIt).map((parameter): Place => {
    return { operation, isForThis, schema: parameter.schema, parameter, name };
  });
  if (parameters.length > 0) return parameters;
  for (const { schema } of operation.requestBody?.contents ?? []) {
    const member = schema === undefined ? undefined : propertyOf(oracle, schema, name);
    if (member !== undefined) return [{ operation, isForThis, schema: member, name }];
  }
  return [];
}

/** The value as the schema takes it: as it is, as the JSON that a text holds, or as text. */
function fitting(oracle: Oracle, schema: string | undefined, value: unknown): { value: unknown } | undefined {
  const forms = typeof value === "string" ? [value, jsonOf(value)] : [value, textOf(value)];
  const found = forms.filter(
    (form) => form !== undefined && (schema === undefined || oracle.accepts(schema, "request", form)),
  );
  return found.length === 0 ? undefined : { value: found[0] };
}

function jsonOf(text: string): unknown {
  try {
    return parseJsonText(text);
  } catch (error) {
    throwUnlessBadText(error);
    return undefined;
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === "number" || typeof value === "boolean" || value instanceof LargeInteger
    ? String(value)
    : undefined;
}

function overlaidExamples(
  { overlaid }: Contract,
  oracle: Oracle,
  { parameters }: Operation,
): Map<Parameter, CallerValue> {
  const values = new Map<Parameter, CallerValue>();
  for (const parameter of overlaid ? parameters : []) {
    const example = parameter.examples.find(
      ({ pointer, value }) =>
        overlaid?.has(pointer) &&
        (parameter.schema === undefined || oracle.accepts(parameter.schema, "request", value)),
    );
    if (example) values.set(parameter, { value: example.value, isForThis: false });
  }
  return values;
}

function unknownName(among: readonly Operation[], { name, written }: GivenValue): UserError {
  const plain = among.flatMap(({ parameters }) => parameters.map((parameter) => parameter.name));
  const whole = among.flatMap(({ operationId, parameters }) =>
    operationId === undefined ? [] : parameters.map((parameter) => `${operationId}.${parameter.name}`),
  );
  const near =
    nearestName(name, name.includes(".") ? whole : plain) ?? nearestName(name, [...plain, ...whole]);
  const all = [...new Set(plain)];
  const known =
    near === undefined
      ? `there are ${all.slice(0, 8).join(", ")}${all.length > 8 ? " …" : ""}`
      : `did you mean ${near}`;
  return new UserError(
    `${written} matches no parameter and no body property: ${all.length === 0 && near === undefined ? "there are none" : known}${near === undefined ? "." : "?"}`,
  );
}

/** Told without the value, which may be a secret. */
function invalid(place: Place | undefined, { written }: GivenValue): UserError {
  return new UserError(
    `The value of ${written} isn't valid against the contract's schema (${place?.operation.id ?? ""}, ${place?.schema ?? ""}): give a valid one, or correct the contract with --overlay.`,
  );
}
