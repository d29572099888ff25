import type { MediaType, ParameterStyle } from "../contract/contract.ts";
import { isObject } from "../contract/json-object.ts";
import { jsonText } from "../contract/large-integer.ts";
import { propertyOf } from "../schema/schema-members.ts";
import { admits } from "./admitted-types.ts";
import { type BodyFamily, textAsBody, whole } from "./body-family.ts";
import { closestReading } from "./closest-reading.ts";
import { decodeText } from "./decode-text.ts";
import { type FieldText, readFields } from "./form-fields.ts";
import { formPairs } from "./pairs.ts";
import { parameterStyle } from "./parameter-style.ts";
import { queryDecode } from "./percent.ts";
import { propertyNames } from "./raw-parameter.ts";
import { shapeReadings } from "./read-parameter.ts";
import type { RawPair } from "./style.ts";
import { type WrittenParameter, writeParameter } from "./write-parameter.ts";

/**
 * `application/x-www-form-urlencoded`: each property by the style of its encoding, as a query parameter (OpenAPI 3.1,
 * section 4.8.15.1); without one, lists repeat the name and objects are JSON.
 */
export const formBody: BodyFamily = {
  name: "form",
  notJudged: () => undefined,
  write({ mediaType }, value, contentType) {
    if (!isObject(value)) return undefined;
    const pieces: string[] = [];
    for (const [name, member] of Object.entries(value)) {
      const style = styleOf(mediaType, name);
      const isJson = !style && isObject(member);
      // A deep object nests what the other styles have no form for.
      const text = isJson ? jsonText(member) : style === "deepObject" ? member : withJsonItems(member);
      const written = writeParameter(fieldAsParameter(mediaType, name), text);
      if (written === undefined) return undefined;
      pieces.push(...written);
    }
    return textAsBody(contentType, pieces.join("&").replaceAll("%20", "+"));
  },
  read(context, bytes, _, direction) {
    const decoded = decodeText(bytes);
    if ("fault" in decoded) return decoded;
    const { oracle, mediaType } = context;
    let pairs: readonly RawPair[] = formPairs(decoded.text);
    const read: Record<string, unknown> = {};
    for (const name of mediaType.encoding.keys()) {
      const style = styleOf(mediaType, name);
      const schema = mediaType.schema && propertyOf(oracle, mediaType.schema, name);
      if (style === undefined || schema === undefined) continue;
      const styled = fieldAsParameter(mediaType, name);
      const isSpread = style === "form" && styled.explode && admits(oracle, schema, "object");
      const members = isSpread ? propertyNames(oracle, schema) : [];
      const below = pairs.filter((pair) => members.includes(pair.name) || isBelow(styled, pair.name));
      const own = pairs.filter((pair) => pair.name === name || below.includes(pair));
      const shapes = parameterStyle[style].read(styled, {
        own: own.filter((pair) => !below.includes(pair)).map(({ raw }) => raw),
        pairs: below,
        decode: queryDecode,
      });
      if (shapes === undefined) continue;
      const readings = shapeReadings(shapes, schema, oracle, direction);
      read[name] = closestReading(oracle, schema, direction, readings);
      pairs = pairs.filter((pair) => !own.includes(pair));
    }
    const fields = pairs.map(({ name, raw }): FieldText => ({ name, text: queryDecode(raw) }));
    return whole(context, { ...readFields(context, fields, direction), ...read });
  },
};

function styleOf({ encoding }: MediaType, name: string): ParameterStyle | undefined {
  const { style, explode } = encoding.get(name) ?? {};
  if (style !== undefined && Object.hasOwn(parameterStyle, style)) return style as ParameterStyle; // looked up just now
  return explode === undefined ? undefined : "form";
}

function fieldAsParameter(mediaType: MediaType, name: string): WrittenParameter {
  const style = styleOf(mediaType, name) ?? "form";
  const explode = mediaType.encoding.get(name)?.explode ?? style === "form";
  return { name, in: "query", style, explode, allowReserved: false };
}

function isBelow({ style, name }: WrittenParameter, field: string): boolean {
  return style === "deepObject" && field.startsWith(`${name}[`);
}

/** What a list holds besides texts is written as JSON. */
function withJsonItems(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  return value.map((item) => (typeof item === "object" && item !== null ? jsonText(item) : item));
}
