import { createRequire } from "node:module";
import { parse as parseQuery } from "node:querystring";
import { Ajv } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { isObject, type JsonObject, listOr, objectOr, textOr } from "../contract/json-object.ts";
import type { HttpRequest } from "../http/message.ts";

type Location = "path" | "query" | "header" | "cookie" | "body";

/**
 * Prism's own reading of a document. Prism translates each schema and compiles it with Ajv; where that fails, it says
 * nothing and accepts every value: this tells where, and why.
 */
export class PrismReading {
  readonly #operations: readonly JsonObject[];
  /** Why what validates a place of an operation doesn't compile, by both. */
  readonly #uncompiled = new Map<string, string | undefined>();

  private constructor(operations: readonly JsonObject[]) {
    this.#operations = operations;
  }

  static async of(file: string): Promise<PrismReading> {
    const { getHttpOperationsFromSpec } = require("@stoplight/prism-http"); // its types aren't installed with the harness
    return new PrismReading(listOr(await getHttpOperationsFromSpec(file)).filter(isObject));
  }

  /** Why Prism can't compile what it validates this part of a request with; undefined when it can. */
  uncompiled(method: string, path: string, location: Location): string | undefined {
    const key = `${location} ${method} ${path}`;
    if (!this.#uncompiled.has(key)) this.#uncompiled.set(key, this.#problemOf(method, path, location));
    return this.#uncompiled.get(key);
  }

  #problemOf(method: string, path: string, location: Location): string | undefined {
    const operation = this.#operation(method, path);
    if (operation === undefined) return undefined;
    const bundle = operation["__bundled__"];
    for (const { schema, isForm } of schemasOf(objectOr(operation["request"]), location)) {
      // A form is validated without what the schema refers to.
      const problem = compileProblem(isForm ? schema : { ...schema, __bundled__: bundle });
      if (problem !== undefined) return problem;
    }
    return undefined;
  }

  /**
   * The parts of a multipart body as Prism takes them apart by the styles of their encodings; undefined when none has a
   * style, "throws" when Prism's function for a style does.
   */
  styledParts(method: string, path: string, texts: JsonObject): JsonObject | "throws" | undefined {
    const operation = this.#operation(method, path);
    const contents = listOr(objectOr(objectOr(operation?.["request"])["body"])["contents"]).map(objectOr);
    const content = contents.find((one) => one["mediaType"] === "multipart/form-data");
    const styled = listOr(content?.["encodings"])
      .map(objectOr)
      .filter((encoding) => encoding["style"] !== undefined);
    if (styled.length === 0) return undefined;
    const properties = objectOr(objectOr(content?.["schema"])["properties"]);
    const read: Record<string, unknown> = { ...texts };
    try {
      for (const { property, style, explode } of styled) {
        const name = String(property);
        const deserialize = deserializers["body"]?.[String(style)];
        const value = deserialize?.(name, texts, properties[name], explode === true);
        if (value !== undefined) read[name] = value;
      }
      return read;
    } catch {
      return "throws";
    }
  }

  /** Whether a part of a multipart body that has an encoding holds a character that Prism refuses there. */
  refusesCharacters(method: string, path: string, texts: JsonObject): boolean {
    const operation = this.#operation(method, path);
    const contents = listOr(objectOr(objectOr(operation?.["request"])["body"])["contents"]).map(objectOr);
    const content = contents.find((one) => one["mediaType"] === "multipart/form-data");
    return listOr(content?.["encodings"])
      .map(objectOr)
      .some(
        ({ property, allowReserved }) =>
          allowReserved !== true && /[/?#[\]@!$&'()*+,;=]/.test(String(texts[String(property)] ?? "")),
      );
  }

  #operation(method: string, path: string): JsonObject | undefined {
    return this.#operations.find(
      (one) => one["path"] === path && String(one["method"]).toUpperCase() === method,
    );
  }

  /** True when Prism throws on the request: its own functions are asked, with what it would give them. */
  throwsOn(method: string, path: string, { path: target, headers }: HttpRequest): boolean {
    const operation = this.#operation(method, path);
    const [pathname = "", search = ""] = target.split("?", 2);
    const given: Record<string, JsonObject> = {
      query: parseQuery(search),
      header: Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value])),
      path: objectOr(new URI.Template(path).match(pathname)),
    };
    const request = objectOr(operation?.["request"]);
    return Object.entries(given).some(([place, values]) =>
      listOr(request[place === "header" ? "headers" : place]).some((item) => {
        const { name, style, explode, schema } = objectOr(item);
        const deserialize = deserializers[place]?.[String(style)];
        try {
          deserialize?.(String(name).toLowerCase(), lowerCased(values), schema, explode === true);
          return false;
        } catch {
          return true;
        }
      }),
    );
  }
}

function lowerCased(values: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name.toLowerCase(), value]));
}

/** Prism's parts, as the package `@stoplight/prism-cli` has them: it need not be installed. */
const require = createRequire(createRequire(import.meta.url).resolve("@stoplight/prism-cli/package.json"));
/** How Prism takes parameters apart, by place and style: each throws on what its style doesn't expect. */
const deserializers: Record<
  string,
  Record<string, Deserializer>
> = require("@stoplight/prism-http/dist/validator/deserializers");
/** How Prism finds a path's values: a text with commas comes out as a list. */
const { URI }: { URI: { Template: new (template: string) => { match(path: string): unknown } } } =
  createRequire(require.resolve("@stoplight/prism-http"))("uri-template-lite");
type Deserializer = (name: string, values: JsonObject, schema: unknown, explode: boolean) => unknown;

/** Bodies are validated one by one, the parameters of a location all together. */
function schemasOf(
  request: JsonObject,
  location: Location,
): readonly { readonly schema: JsonObject; readonly isForm: boolean }[] {
  if (location === "body")
    return listOr(objectOr(request["body"])["contents"])
      .map(objectOr)
      .map(({ schema, mediaType }) => ({
        schema: objectOr(schema),
        isForm: /^(multipart\/form-data|application\/x-www-form-urlencoded)/.test(String(mediaType)),
      }));
  const parameters = listOr(request[location === "header" ? "headers" : location]).filter(isObject);
  const properties = parameters.map(({ name, schema }) => [
    (textOr(name) ?? "").toLowerCase(),
    objectOr(schema),
  ]);
  return [{ schema: { type: "object", properties: Object.fromEntries(properties) }, isForm: false }];
}

function compileProblem(schema: JsonObject): string | undefined {
  const options = { allErrors: true, strict: false, allowUnionTypes: true, logger: false } as const;
  const ajv = String(schema["$schema"]).includes("2020-12") ? new Ajv2020(options) : new Ajv(options);
  addFormats.default(ajv);
  try {
    ajv.compile(schema);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
