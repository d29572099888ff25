import { _, type Ajv, type Format } from "ajv";
import type { Plugin } from "esbuild";
import { isObject, type JsonObject, walk } from "../json.ts";

/** Checks of `@hyperjump/json-schema-formats`, which the harness judges by as well. */
const texts: Readonly<Record<string, string>> = {
  "date-time": "isDateTime",
  date: "isDate",
  duration: "isDuration",
  email: "isEmail",
  ipv4: "isIPv4",
  ipv6: "isIPv6",
  uri: "isUri",
  url: "isUri",
  "uri-reference": "isUriReference",
  "uri-template": "isUriTemplate",
  uuid: "isUuid",
  "json-pointer": "isJsonPointer",
  "relative-json-pointer": "isRelativeJsonPointer",
};

const within = (min: number, max: number) =>
  `(value) => Number.isInteger(value) && value >= ${min} && value <= ${max}`;

const numbers: Readonly<Record<string, string>> = {
  int8: within(-128, 127),
  int16: within(-32_768, 32_767),
  int32: within(-(2 ** 31), 2 ** 31 - 1),
  // The next double is out of bounds; those within may stand for a neighbour.
  int64: within(-(2 ** 63), 2 ** 63),
  uint8: within(0, 255),
  uint16: within(0, 65_535),
  uint32: within(0, 2 ** 32 - 1),
  uint64: within(0, 2 ** 64),
};

/** RFC 1123, section 2.1; whether what begins with `xn--` stands for anything takes tables. */
const hostname =
  "(text) => text.length <= 253 && /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/i.test(text)";

/** Those that would take large tables. */
const tabled: ReadonlySet<string> = new Set(["idn-email", "idn-hostname", "iri", "iri-reference"]);

/** RFC 4648, section 4. */
const base64 = "(text) => text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text)";

/**
 * Teaches Ajv the formats that an answer is checked by. Every other one that the document names says what a value is for and
 * refuses none: a client that doesn't know a format, or would have to bring tables for it (international host names), has
 * no reason to refuse an answer.
 */
export function addFormats(ajv: Ajv, document: JsonObject): void {
  const known: Record<string, Format> = { byte: text(), hostname: text() };
  for (const name of Object.keys(texts)) known[name] = text();
  for (const name of Object.keys(numbers)) known[name] = { type: "number", validate: () => true };
  walk(document, (value) => {
    const format = isObject(value) ? value["format"] : undefined;
    if (typeof format === "string" && !Object.hasOwn(known, format)) known[format] = true;
  });
  for (const [name, format] of Object.entries(known)) ajv.addFormat(name, format);
}

/** The formats that the document names and the client doesn't check though they are defined, one sentence each. */
export function uncheckedFormats(document: JsonObject): string[] {
  const found = new Set<string>();
  walk(document, (value) => {
    const format = isObject(value) ? value["format"] : undefined;
    if (typeof format === "string" && tabled.has(format)) found.add(format);
  });
  return [...found].map(
    (format) => `the client's validators don't check the format ${format}, which takes large tables`,
  );
}

/** Only its code is run, never the function. */
function text(): Format {
  return { type: "string", validate: () => true };
}

/** Ajv's option `code.formats`: a name that stands for the checks until `withFormats` puts them there. */
export const formatsCode = _`valueFormats`;

/** Texts that are longer are no address, date or identifier that anybody means, and may take long to look through. */
const longestText = 8_192;

/** Ajv's code with the checks in the place of the formats. */
export function withFormats(code: string): string {
  return code.replaceAll(
    /valueFormats(?:\.(\w+)|\["([^"]+)"\])/g,
    (_whole, plain?: string, quoted?: string) => {
      const name = plain ?? quoted ?? "";
      const check = texts[name];
      const validate = check
        ? `(text) => text.length <= ${longestText} && ${check}(text)`
        : (numbers[name] ?? (name === "hostname" ? hostname : base64));
      return `{ validate: ${validate} }`;
    },
  );
}

/** The imports of the checks that code asks for. */
export function formatImports(code: string): string {
  const used = [...new Set(Object.values(texts))].filter((check) => code.includes(`${check}(`));
  return used.map((check) => `import { ${check} } from "${library}";\n`).join("");
}

const library = "@hyperjump/json-schema-formats";

/** Has the bundler bring along those modules of the library alone that are used: the tables of others are large. */
export const usedFormatsAlone: Plugin = {
  name: "formats",
  setup(builder) {
    builder.onResolve(
      { filter: /^\.|^@hyperjump\// },
      async ({ path, importer, resolveDir, kind, pluginData }) => {
        if (pluginData === library || !(path === library || importer.includes(`/${library}/`)))
          return undefined;
        const resolved = await builder.resolve(path, { importer, resolveDir, kind, pluginData: library });
        return { ...resolved, sideEffects: false };
      },
    );
  },
};
