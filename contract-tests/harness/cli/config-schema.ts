import type { JsonObject } from "../contract/json-object.ts";
import type { Setting } from "./setting.ts";
import { settings } from "./settings.ts";

const rows: readonly (readonly [name: string, row: Setting<string, unknown>])[] = Object.entries(settings);

const text = { type: "string", minLength: 1 };
const pointer = { type: "string", pattern: "^/" };

function object(properties: JsonObject, required: readonly string[]): JsonObject {
  return { type: "object", additionalProperties: false, required, properties };
}

/** Where a token that isn't in the file comes from. */
const fetched = [
  object(
    {
      login: {
        description: "an operation of the contract whose response contains a token",
        ...object(
          {
            operation: { ...text, description: "its operationId, or its method and path" },
            body: { description: "the request body" },
            token: { ...pointer, description: "JSON Pointer to the token in the response" },
            expiresIn: { ...pointer, description: "JSON Pointer to its lifetime in seconds" },
          },
          ["operation", "token"],
        ),
      },
    },
    ["login"],
  ),
  object(
    {
      clientCredentials: {
        description: "OAuth 2.0 client credentials (RFC 6749, section 4.4)",
        ...object(
          {
            tokenUrl: { ...text, description: "default: the document's" },
            clientId: text,
            clientSecret: text,
            scope: text,
            audience: text,
            secretIn: { enum: ["basic", "post"], description: "how the secret is sent (default basic)" },
          },
          ["clientId", "clientSecret"],
        ),
      },
    },
    ["clientCredentials"],
  ),
];

/** Describes a configuration file to editors: a JSON Schema generated from the table of settings. */
export function configSchema(): JsonObject {
  const own = rows.filter(([, { commandOnly }]) => commandOnly !== true);
  const perOperation = rows.filter(([, row]) => row.perOperation === true);
  const match = { description: "a filter for operations, or several of which any may match" };
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Configuration of openapi-conformance",
    description:
      "Options by their names; $" +
      "{NAME} stands for an environment variable, and paths are relative to this file.",
    type: "object",
    additionalProperties: false,
    properties: {
      $schema: { type: "string" },
      ...propertiesOf(own),
      operations: {
        description: "settings for some of the operations; later entries win",
        type: "array",
        items: {
          type: "object",
          additionalProperties: false,
          required: ["match"],
          properties: {
            match: { ...match, anyOf: [text, { type: "array", minItems: 1, items: text }] },
            ...propertiesOf(perOperation),
          },
        },
      },
    },
  };
}

function propertiesOf(chosen: typeof rows): JsonObject {
  return Object.fromEntries(
    chosen.map(([name, row]) => {
      const one = row.json ?? text;
      const forms: JsonObject[] = [one];
      if (row.repeatable) forms.push({ type: "array", items: one });
      if (row.pair !== undefined) forms.push({ type: "object", additionalProperties: pairOf(name) });
      const [only, ...others] = forms;
      return [name, { description: row.help, ...(others.length === 0 ? only : { anyOf: forms }) }] as const;
    }),
  );
}

/** What may stand under a name. */
function pairOf(name: string): JsonObject | true {
  if (name === "auth") return { anyOf: [text, ...fetched] };
  if (name === "accept-status")
    return { anyOf: [text, { type: "integer" }, { type: "array", minItems: 1, items: { type: "integer" } }] };
  return name === "header" ? { type: "string" } : true;
}
