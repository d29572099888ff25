import type { Operation, Parameter } from "../harness/contract/contract.ts";
import { enumOf, flattenSchema } from "../harness/schema/flat-schema.ts";
import type { Oracle } from "../harness/schema/oracle.ts";
import { validValue } from "../harness/schema/valid-value.ts";

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
): ClientArguments[] {
  const inPath = pathParameters.map((name) =>
    operation.parameters.find((p) => p.in === "path" && p.name === name),
  );
  const choices = inPath.map((parameter) => (parameter ? valuesOf(oracle, parameter) : []));
  const first = choices.map((values) => values[0]);
  const request = requestArgument(oracle, operation);
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
  return made ? [made.value] : [];
}

/** `[{ query, header, body }]` where the operation takes one, else nothing. */
function requestArgument(oracle: Oracle, operation: Operation): unknown[] {
  const free = operation.parameters.filter((p) => p.in !== "path" && !p.credential);
  const [mediaType] = operation.requestBody?.contents ?? [];
  if (free.length === 0 && !mediaType) return [];
  const group = (where: "query" | "header") =>
    Object.fromEntries(
      free.filter((p) => p.in === where && p.required).map((p) => [p.name, valuesOf(oracle, p)[0]]),
    );
  const body =
    mediaType?.schema === undefined
      ? undefined
      : validValue(oracle, mediaType.schema, {
          examples: mediaType.examples.map(({ value }) => value),
        })?.value;
  return [{ query: group("query"), header: group("header"), ...(body === undefined ? {} : { body }) }];
}
