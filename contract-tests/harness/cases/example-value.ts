import type { Example, MediaType, Parameter } from "../contract/contract.ts";
import { parseMediaType } from "../http/media-type.ts";
import type { Oracle } from "../schema/oracle.ts";
import { readBody } from "../wire/body.ts";
import { concreteMediaType } from "../wire/concrete-media-type.ts";
import { parameterReadings } from "../wire/read-parameter.ts";
import { decodingFor } from "../wire/write-parameter.ts";

/**
 * What an example of a parameter means: the value, or where the schema doesn't take a text, the value that is written so
 * ("1,2,3" of a list). Undefined when it breaks the schema either way.
 */
export function parameterExample(
  oracle: Oracle,
  parameter: Parameter,
  { value }: Example,
): { readonly value: unknown } | undefined {
  const { schema } = parameter;
  if (schema === undefined || oracle.accepts(schema, "request", value)) return { value };
  if (typeof value !== "string") return undefined;
  const raw = { own: [value], pairs: [], decode: decodingFor(parameter.in) };
  // Apart, the items of an exploded list stand on their own: in one text they can only be joined.
  const readings = [parameter, { ...parameter, explode: false }].flatMap(
    (one) => parameterReadings(one, raw, oracle, "request") ?? [],
  );
  return accepted(oracle, schema, readings);
}

/** The same of a body: a text of JSON, say, where an object is meant. */
export function bodyExample(
  oracle: Oracle,
  mediaType: MediaType,
  schema: string | undefined,
  { value }: Example,
): { readonly value: unknown } | undefined {
  if (schema === undefined || oracle.accepts(schema, "request", value)) return { value };
  const media = parseMediaType(concreteMediaType(mediaType.name));
  if (typeof value !== "string" || !media) return undefined;
  const read = readBody({ oracle, mediaType }, new TextEncoder().encode(value), [], media, "request");
  return accepted(oracle, schema, "values" in read ? read.values.map((one) => one.value) : []);
}

function accepted(
  oracle: Oracle,
  schema: string,
  readings: readonly unknown[],
): { readonly value: unknown } | undefined {
  const found = readings.findIndex((reading) => oracle.accepts(schema, "request", reading));
  return found === -1 ? undefined : { value: readings[found] };
}
