import type { Parameter } from "../contract/contract.ts";
import { isObject } from "../contract/json-object.ts";
import { parseJsonText, throwUnlessBadText } from "../contract/large-integer.ts";
import { isJsonType, parseMediaType } from "../http/media-type.ts";
import type { Oracle } from "../schema/oracle.ts";
import { itemsOf, propertyOf } from "../schema/schema-members.ts";
import type { Direction } from "../schema/translate-schema.ts";
import { closestReading, primitiveReadings } from "./closest-reading.ts";
import { parameterStyle } from "./parameter-style.ts";
import type { RawParameter, Shapes, Tree } from "./style.ts";

/** What has to be known of a parameter, a response header or a form's field to read it. */
export type ReadParameter = Pick<Parameter, "name" | "in" | "style" | "explode" | "mediaType" | "schema">;

/**
 * What the text may mean: every reading that the parameter's style and schema allow; undefined when the parameter isn't
 * there. A value breaks the contract only when no reading is valid, since a "5" in a query is the number as well as the
 * text.
 */
export function parameterReadings(
  parameter: ReadParameter,
  raw: RawParameter,
  oracle: Oracle,
  direction: Direction,
): readonly unknown[] | undefined {
  if (parameter.mediaType !== undefined) {
    const [first] = raw.own;
    return first === undefined ? undefined : contentReadings(parameter.mediaType, raw.decode(first));
  }
  const shapes = parameterStyle[parameter.style].read(parameter, raw);
  return shapes && shapeReadings(shapes, parameter.schema, oracle, direction);
}

function contentReadings(mediaType: string, text: string): readonly unknown[] {
  const media = parseMediaType(mediaType);
  if (!media || !isJsonType(media)) return primitiveReadings(text);
  try {
    return [parseJsonText(text)];
  } catch (error) {
    throwUnlessBadText(error);
    return [];
  }
}

/** Every value that the shapes stand for by the schema: texts typed where the schema asks for it. */
export function shapeReadings(
  shapes: Shapes,
  schema: string | undefined,
  oracle: Oracle,
  direction: Direction,
): readonly unknown[] {
  const { text, items, members, tree } = shapes;
  const readings: unknown[] = text === undefined ? [] : primitiveReadings(text);
  if (items) readings.push(typedItems(items, schema, oracle, direction));
  if (members) readings.push(typedMembers(members, schema, oracle, direction));
  if (tree !== undefined) readings.push(...treeReadings(tree, schema, oracle, direction));
  return readings;
}

function typedItems(
  items: readonly Tree[],
  schema: string | undefined,
  oracle: Oracle,
  direction: Direction,
): unknown[] {
  const schemaOf = schema === undefined ? undefined : itemsOf(oracle, schema);
  return items.map((item, index) => typed(item, schemaOf?.(index), oracle, direction));
}

function typedMembers(
  members: readonly (readonly [string, Tree])[],
  schema: string | undefined,
  oracle: Oracle,
  direction: Direction,
): Record<string, unknown> {
  return Object.fromEntries(
    members.map(([name, member]) => {
      const property = schema === undefined ? undefined : propertyOf(oracle, schema, name);
      return [name, typed(member, property, oracle, direction)];
    }),
  );
}

/** A nested text is its primitive readings; nested names are an object, and a list too when they count from 0. */
function treeReadings(
  tree: Tree,
  schema: string | undefined,
  oracle: Oracle,
  direction: Direction,
): readonly unknown[] {
  if (!isObject(tree)) return primitiveReadings(tree);
  const members = Object.entries(tree);
  const readings: unknown[] = [typedMembers(members, schema, oracle, direction)];
  if (members.every(([name], index) => name === String(index)))
    readings.push(
      typedItems(
        members.map(([, member]) => member),
        schema,
        oracle,
        direction,
      ),
    );
  return readings;
}

function typed(tree: Tree, schema: string | undefined, oracle: Oracle, direction: Direction): unknown {
  const readings = treeReadings(tree, schema, oracle, direction);
  if (schema === undefined) return readings.at(-1);
  return closestReading(oracle, schema, direction, readings);
}

/** True when some reading is valid by the parameter's schema; a parameter that isn't there is read as nothing. */
export function parameterAccepts(
  parameter: ReadParameter,
  raw: RawParameter,
  oracle: Oracle,
  direction: Direction,
): boolean {
  const { schema } = parameter;
  if (schema === undefined) return true;
  const readings = parameterReadings(parameter, raw, oracle, direction) ?? [];
  return readings.some((reading) => oracle.accepts(schema, direction, reading));
}
