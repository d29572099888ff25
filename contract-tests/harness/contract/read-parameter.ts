import type {
  Example,
  HeaderRule,
  MediaType,
  Parameter,
  ParameterLocation,
  ParameterStyle,
  Place,
} from "./contract.ts";
import { isObject, type JsonObject, listOr, objectOr, textOr } from "./json-object.ts";
import { joinPointer } from "./json-pointer.ts";
import type { NotJudged } from "./not-judged.ts";

export type Resolve = (pointer: string) => Place;

const styles: Record<ParameterLocation, readonly ParameterStyle[]> = {
  path: ["simple", "label", "matrix"],
  query: ["form", "spaceDelimited", "pipeDelimited", "deepObject"],
  header: ["simple"],
  cookie: ["form"],
};

/** Names by which parameters carry who asks. */
const credentialName =
  /(^|[-_])(authorization|api[-_]?key|apikey|access[-_]?token|auth[-_]?token|access[-_]?key|client[-_]?secret)$/i;

/** Reads the Parameter Object at `pointer` (OpenAPI 3.1, section 4.8.12), or tells why it can't be judged. */
export function readParameter(pointer: string, resolve: Resolve): Parameter | NotJudged {
  const place = resolve(pointer);
  const parameter = objectOr(place.value);
  const name = textOr(parameter["name"]);
  if (parameter["in"] === "querystring") return readQuerystring(place, name ?? "", resolve);
  const location = parameter["in"];
  if (name === undefined || !isLocation(location)) {
    return {
      pointer: place.pointer,
      reason: "the parameter lacks a name or a location (in: path, query, header or cookie)",
    };
  }
  if (location === "header" && /^(accept|content-type|authorization)$/i.test(name)) {
    return { pointer: place.pointer, reason: `OpenAPI ignores a header parameter called ${name}` };
  }
  if ((location === "header" || location === "cookie") && !isToken(name)) {
    return {
      pointer: place.pointer,
      reason: `${JSON.stringify(name)} isn't a valid ${location} name (RFC 9110, section 5.6.2), so the parameter isn't sent`,
    };
  }
  const style = (parameter["style"] ?? styles[location][0]) as ParameterStyle; // unknown ones are refused next
  if (!styles[location].includes(style)) {
    return {
      pointer: place.pointer,
      reason: `the style ${String(parameter["style"])} isn't defined for ${location} parameters`,
    };
  }
  const content = Object.keys(objectOr(parameter["content"]))[0];
  const schema =
    content === undefined ? parameter["schema"] : objectOr(objectOr(parameter["content"])[content])["schema"];
  const schemaPointer =
    content === undefined
      ? joinPointer(place.pointer, "schema")
      : joinPointer(place.pointer, "content", content, "schema");
  return {
    name,
    in: location,
    required: location === "path" || parameter["required"] === true,
    style,
    explode:
      typeof parameter["explode"] === "boolean"
        ? parameter["explode"]
        : style === "form" || style === "deepObject",
    allowReserved: parameter["allowReserved"] === true,
    allowEmptyValue: location === "query" && parameter["allowEmptyValue"] === true,
    pointer: place.pointer,
    ...(schema === undefined ? {} : { schema: schemaPointer }),
    ...(content === undefined ? {} : { mediaType: content }),
    examples: readExamples(
      content === undefined ? place.pointer : joinPointer(place.pointer, "content", content),
      resolve,
    ),
    credential: location !== "path" && credentialName.test(name),
  };
}

/**
 * A parameter that is the whole query (OpenAPI 3.2, section 4.12.2): as a form it is what the properties of an exploded
 * object are; the name counts for nothing.
 */
function readQuerystring(place: Place, name: string, resolve: Resolve): Parameter | NotJudged {
  const parameter = objectOr(place.value);
  const content = Object.keys(objectOr(parameter["content"]))[0] ?? "";
  const at = joinPointer(place.pointer, "content", content);
  const schema = objectOr(resolve(joinPointer(at, "schema")).value);
  const isObjectSchema = listOr([schema["type"]].flat()).includes("object") || isObject(schema["properties"]);
  const required = parameter["required"] === true;
  if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(content) || !isObjectSchema)
    return {
      pointer: place.pointer,
      reason: `a whole query string can only be described as a form with an object schema, not as ${content || "nothing"}: requests are sent without it${required ? ", though it is required" : ""}`,
    };
  return {
    name,
    in: "query",
    required,
    style: "form",
    explode: true,
    allowReserved: false,
    allowEmptyValue: false,
    pointer: place.pointer,
    schema: joinPointer(at, "schema"),
    examples: readExamples(at, resolve),
    credential: false,
  };
}

/** True for what can be the name of a header or a cookie. */
export function isToken(name: string): boolean {
  return /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name);
}

function isLocation(value: unknown): value is ParameterLocation {
  return value === "path" || value === "query" || value === "header" || value === "cookie";
}

/** The `example` and `examples` of the Parameter or Media Type Object at `pointer`; external ones are left out. */
export function readExamples(pointer: string, resolve: Resolve): Example[] {
  const owner = objectOr(resolve(pointer).value);
  const examples: Example[] = [];
  if (Object.hasOwn(owner, "example")) {
    examples.push({ name: "example", value: owner["example"], pointer: joinPointer(pointer, "example") });
  }
  for (const name of Object.keys(objectOr(owner["examples"]))) {
    const place = resolve(joinPointer(pointer, "examples", name));
    if (isObject(place.value) && Object.hasOwn(place.value, "value")) {
      examples.push({ name, value: place.value["value"], pointer: joinPointer(place.pointer, "value") });
    }
  }
  return examples;
}

/** Reads the `content` map at `pointer` (Media Type Objects by name). */
export function readContents(pointer: string, resolve: Resolve): MediaType[] {
  const contents = objectOr(resolve(pointer).value);
  return Object.keys(contents).map((name) => {
    const at = joinPointer(pointer, name);
    const place = resolve(at); // a reference is allowed since OpenAPI 3.2
    const mediaType = objectOr(place.value);
    const encoding = Object.entries(objectOr(mediaType["encoding"])).map(([part, value]) => {
      const { contentType, style, explode } = objectOr(value);
      return [
        part,
        {
          ...(typeof contentType === "string" ? { contentType } : {}),
          ...(typeof style === "string" ? { style } : {}),
          ...(typeof explode === "boolean" ? { explode } : {}),
        },
      ] as const;
    });
    return {
      name,
      pointer: place.pointer,
      ...schemasOf(mediaType, name, place.pointer),
      examples: readExamples(place.pointer, resolve),
      encoding: new Map(encoding),
    };
  });
}

/** A sequence is made by the schema of its items where it has none of its own. */
function schemasOf(
  mediaType: JsonObject,
  name: string,
  pointer: string,
): Pick<MediaType, "schema" | "itemSchema"> {
  const hasItems = mediaType["itemSchema"] !== undefined && isJsonSequence(name);
  const itemSchema = hasItems ? joinPointer(pointer, "itemSchema") : undefined;
  const schema = mediaType["schema"] === undefined ? itemSchema : joinPointer(pointer, "schema");
  return { ...(schema === undefined ? {} : { schema }), ...(itemSchema === undefined ? {} : { itemSchema }) };
}

/** Media types whose bodies are JSON values one after the other (OpenAPI 3.2, section 4.14.3). */
export function isJsonSequence(mediaType: string): boolean {
  return /^application\/(jsonl|x-ndjson|(.+\+)?json-seq)\s*(;|$)/i.test(mediaType);
}

/** Reads the Header Object at `pointer`. */
export function readHeader(name: string, pointer: string, resolve: Resolve): HeaderRule {
  const place = resolve(pointer);
  const header = objectOr(place.value);
  const content = Object.keys(objectOr(header["content"]))[0];
  const schema =
    content === undefined
      ? joinPointer(place.pointer, "schema")
      : joinPointer(place.pointer, "content", content, "schema");
  return {
    name,
    required: header["required"] === true,
    explode: header["explode"] === true,
    pointer: place.pointer,
    ...(resolve(schema).value === undefined ? {} : { schema }),
    ...(content === undefined ? {} : { mediaType: content }),
  };
}
