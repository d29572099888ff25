import type { Operation as ClientOperation } from "../../src/calls/operation.ts";
import type { Operation, Parameter } from "../harness/contract/contract.ts";
import { enumOf, flattenSchema } from "../harness/schema/flat-schema.ts";
import type { Oracle } from "../harness/schema/oracle.ts";
import { validValue } from "../harness/schema/valid-value.ts";

/** What the generated table says of a call's arguments. */
export type ClientRow = Pick<ClientOperation, "takes" | "requestMediaType">;

/** Arguments for one call of the client, and what they are about. */
export interface ClientArguments {
  readonly what: string;
  readonly args: readonly unknown[];
}

/**
 * Arguments for an operation as the client takes them: path parameters by position, then a request where there are other
 * parameters or a body. One set for each listed value of each path parameter, read from the contract.
 */
export function clientArguments(
  oracle: Oracle,
  operation: Operation,
  pathParameters: readonly string[],
  row: ClientRow,
): ClientArguments[] {
  const inPath = pathParameters.map((name) =>
    operation.parameters.find((p) => p.in === "path" && p.name === name),
  );
  const choices = inPath.map((parameter) => (parameter ? valuesOf(oracle, parameter) : []));
  const first = choices.map((values) => values[0]);
  const request = requestArgument(oracle, operation, row);
  const sets = choices.flatMap((values, index) =>
    values.map((value) => ({
      what: `${pathParameters[index]} ${JSON.stringify(value)}`,
      args: [...first.map((other, at) => (at === index ? value : other)), ...request],
    })),
  );
  return sets.length > 0 ? sets : [{ what: "no path parameter", args: request }];
}

function valuesOf(oracle: Oracle, parameter: Parameter): readonly unknown[] {
  if (parameter.schema === undefined) return ["text"];
  const listed = enumOf(flattenSchema(oracle, parameter.schema));
  if (listed && listed.length > 0) return listed;
  const made = validValue(oracle, parameter.schema, {
    examples: parameter.examples.map(({ value }) => value),
  });
  return made ? [sendable(oracle, parameter.schema, made.value)] : [];
}

/** Of an empty list nothing would be sent, where it isn't JSON: one item stands in it, if it may. */
function sendable(oracle: Oracle, schema: string, value: unknown): unknown {
  if (!Array.isArray(value) || value.length > 0) return value;
  const { items } = flattenSchema(oracle, schema);
  const item = items === undefined ? undefined : validValue(oracle, items);
  return item && oracle.accepts(schema, "request", [item.value]) ? [item.value] : value;
}

/** `[{ query, header, cookie, body }]`, as far as the client's operation takes them, else nothing. */
function requestArgument(oracle: Oracle, operation: Operation, row: ClientRow): unknown[] {
  if (row.takes === undefined) return [];
  const group = (place: string) =>
    Object.fromEntries(
      operation.parameters
        .filter((p) => p.in === place && p.required && !p.credential)
        .map((p) => [p.name, valuesOf(oracle, p)[0]]),
    );
  const members = row.takes
    .split(" ")
    .map((place) => [place, place === "body" ? bodyOf(oracle, operation, row) : group(place)] as const)
    .filter(([, value]) => value !== undefined);
  return [Object.fromEntries(members)];
}

/** A body in the media type that the client sends; in a form its binary members are files. */
function bodyOf(oracle: Oracle, operation: Operation, row: ClientRow): unknown {
  const wanted = row.requestMediaType ?? "application/json";
  const mediaType = operation.requestBody?.contents.find(({ name }) => name === wanted);
  if (mediaType?.schema === undefined) return undefined;
  const examples = mediaType.examples.map(({ value }) => value);
  const value: unknown = validValue(oracle, mediaType.schema, { examples })?.value;
  if (!/^multipart\/|form-urlencoded/i.test(wanted) || typeof value !== "object" || value === null)
    return value;
  const { properties } = flattenSchema(oracle, mediaType.schema);
  const mayHoldFiles = /^multipart\//i.test(wanted);
  return Object.fromEntries(
    Object.entries(value).map(([name, made]) => {
      const schema = properties.get(name);
      const member: unknown = schema ? sendable(oracle, schema, made) : made;
      if (!mayHoldFiles) return [name, member];
      const items = schema && flattenSchema(oracle, schema).items;
      if (schema && isBinary(oracle, schema)) return [name, new Blob([String(member)])];
      if (items && isBinary(oracle, items) && Array.isArray(member))
        return [name, member.map((item) => new Blob([String(item)]))];
      return [name, member];
    }),
  );
}

function isBinary(oracle: Oracle, schema: string): boolean {
  return flattenSchema(oracle, schema).constraints.some(
    ({ keyword, value }) => keyword === "format" && value === "binary",
  );
}
