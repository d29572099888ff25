import { generateSync, type JsonSchema } from "json-schema-faker";
import { isObject, type JsonObject, objectOr } from "../contract/json-object.ts";
import { valueAt } from "../contract/json-pointer.ts";
import { joinedSchemas } from "./joined-schemas.ts";
import { dereferenced, type ValueJudge } from "./value-judge.ts";

/** No value could be found that keeps a schema, so nothing can be answered by it. */
export class NoConformingValueError extends Error {
  override readonly name = "NoConformingValueError";
}

const attempts = 60;
/**
 * Values for answers by the content, header or parameter at `pointer`: its examples, else made-up ones, full before
 * sparse. Each is judged first; an example that breaks its own schema is left out.
 *
 * @throws {NoConformingValueError}
 */
export function conformingValues(
  document: JsonObject,
  pointer: string,
  schema: string | undefined,
  judge: ValueJudge,
): readonly unknown[] {
  const owner = valueAt(document, pointer);
  const values = examplesOf(document, owner).filter(
    (value) => schema === undefined || judge(schema, value) === undefined,
  );
  if (values.length > 0 || schema === undefined) return values;
  const made = madeUp(document, schema, judge);
  if (made === undefined)
    throw new NoConformingValueError(`No value was found that matches the schema at ${schema}.`);
  return [made];
}

function examplesOf(document: JsonObject, owner: unknown): readonly unknown[] {
  if (!isObject(owner)) return [];
  if (owner["example"] !== undefined) return [owner["example"]];
  const named = isObject(owner["examples"]) ? Object.values(owner["examples"]) : [];
  return named.flatMap((item) => {
    const example = dereferenced(document, item);
    return isObject(example) && example["value"] !== undefined ? [example["value"]] : [];
  });
}

/** What matches most schemas that say little. */
const simplest: readonly unknown[] = [{}, [], "", "text", 0, 1, true, null];

function madeUp(document: JsonObject, schema: string, judge: ValueJudge): unknown {
  for (let seed = 1; seed <= attempts; seed += 1) {
    const value = withoutWriteOnly(document, valueAt(document, schema), generated(document, schema, seed));
    if (value !== undefined && judge(schema, value) === undefined) return value;
  }
  return simplest.find((value) => judge(schema, value) === undefined);
}

function generated(document: JsonObject, schema: string, seed: number): unknown {
  // The faker follows references from the root of what it is given, so it gets the document's parts around the schema.
  const joined = joinedSchemas(document);
  const { components, paths } = joined;
  const own = objectOr(valueAt(joined, schema));
  const rooted = { components, paths, ...own } as JsonSchema; // JSON objects, which its type asks to be narrower
  try {
    return generateSync(rooted, {
      seed,
      ...fullness(seed),
      maxItems: 3,
      failOnInvalidTypes: false,
    });
  } catch {
    return undefined;
  }
}

/**
 * Full values first, then some of what is optional, then the least. Beyond so many references a place holds anything;
 * values of schemas that contain themselves grow with their number.
 */
function fullness(seed: number) {
  if (seed > (attempts * 2) / 3) return { optionalsProbability: 0, refDepthMax: 8 };
  const refDepthMax = seed % 2 === 1 ? 4 : 2;
  return seed <= attempts / 3 ? { alwaysFakeOptionals: true, refDepthMax } : { refDepthMax };
}

function withoutWriteOnly(document: JsonObject, schema: unknown, value: unknown): unknown {
  const at = dereferenced(document, schema);
  if (!isObject(at)) return value;
  if (Array.isArray(value)) return value.map((item) => withoutWriteOnly(document, at["items"], item));
  if (!isObject(value)) return value;
  const properties = isObject(at["properties"]) ? at["properties"] : {};
  const sent = Object.entries(value).filter(([name]) => {
    const property = dereferenced(document, properties[name]);
    return !(isObject(property) && property["writeOnly"] === true);
  });
  return Object.fromEntries(
    sent.map(([name, item]) => [name, withoutWriteOnly(document, properties[name], item)]),
  );
}
