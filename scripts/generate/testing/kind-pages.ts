/** One made-up page in the exporter's shapes, of one kind of operation. */
export interface KindPage {
  readonly file: string;
  readonly text: string;
}

const server = "https://api.kinds.test";

/**
 * @param name dotted, as the call is named: `sounds.get`
 * @param operation the lines of the OpenAPI operation from its parameters on, indented from the margin
 * @param schemas the lines under `components.schemas`
 */
function page(name: string, method: string, path: string, operation: string, schemas = ""): KindPage {
  const title = `Kind ${name}`;
  const indent = (text: string, width: number): string =>
    text.trim() === "" ? "" : `${text.trimEnd().replace(/^(?=.)/gm, " ".repeat(width))}\n`;
  return {
    file: `spec/documented/${name.replaceAll(".", "-")}.md`,
    text: `# ${title}

${method.toUpperCase()} ${server}${path}

A made-up page.

Reference: https://kinds.test/docs/${name.replaceAll(".", "/")}

## OpenAPI Specification

\`\`\`yaml
openapi: 3.1.1
info:
  title: ${title}
  version: endpoint_${name}
paths:
  ${path}:
    ${method}:
      operationId: ${name.split(".").at(-1)}
      summary: ${title}
      tags:
        - - subpackage_kinds
${indent(operation.trim().replace(/\s+$/, ""), 6)}components:
  schemas:
${indent(schemas || "Nothing:\n  type: object", 4)}
\`\`\`
`,
  };
}

const key = `- name: xi-api-key
    in: header
    required: true
    schema:
      type: string`;

const answer = (mediaType: string, schema: string, status = 200): string => `  '${status}':
    description: Successful Response
    content:
      ${mediaType}:
        schema:
          ${schema.replaceAll("\n", "\n          ")}`;

const binary = "type: string\nformat: binary";

/** A page for each kind of request and answer that the client knows. */
export const kindPages: readonly KindPage[] = [
  page(
    "sounds.get",
    "get",
    "/v1/sounds/{sound_id}",
    `parameters:
  - name: sound_id
    in: path
    required: true
    schema:
      type: string
  ${key}
responses:
${answer("application/octet-stream", binary)}`,
  ),
  page(
    "speech.stream",
    "post",
    "/v1/speech/{voice}/{output_format}/stream",
    `parameters:
  - name: voice
    in: path
    required: true
    schema:
      $ref: '#/components/schemas/Voice'
  - name: output_format
    in: path
    required: true
    schema:
      $ref: '#/components/schemas/OutputFormat'
  ${key}
responses:
${answer("text/event-stream", binary)}
requestBody:
  required: true
  content:
    application/json:
      schema:
        type: object
        properties:
          text:
            type: string
          speed:
            type: number
            default: 1
        required:
          - text`,
    `Voice:
  type: string
  enum:
    - en-US
    - Custom-Voice_2024
OutputFormat:
  type: string
  enum:
    - mp3_44100_128
    - "2024"`,
  ),
  page(
    "news.follow",
    "get",
    "/v1/news",
    `parameters:
  ${key}
responses:
${answer("text/event-stream", "$ref: '#/components/schemas/News'")}`,
    `News:
  type: object
  properties:
    title:
      type: string
  required:
    - title`,
  ),
  page(
    "logs.tail",
    "get",
    "/v1/logs",
    `parameters:
  ${key}
responses:
${answer("application/x-ndjson", "$ref: '#/components/schemas/LogLine'")}`,
    `LogLine:
  type: object
  properties:
    level:
      type: integer
  required:
    - level`,
  ),
  page(
    "readings.list",
    "get",
    "/v1/readings",
    `parameters:
  - name: fields
    in: query
    style: form
    explode: false
    schema:
      type: array
      items:
        type: string
  - name: where
    in: query
    style: deepObject
    schema:
      type: object
      additionalProperties:
        type: string
  - name: trace
    in: cookie
    schema:
      type: string
  ${key}
responses:
${answer("application/json", "type: array\nitems:\n  $ref: '#/components/schemas/Reading'")}`,
    `Reading:
  type: object
  properties:
    price:
      type: number
      multipleOf: 0.01
    constructor:
      type: string
  required:
    - price`,
  ),
  page(
    "samples.upload",
    "post",
    "/v1/samples",
    `parameters:
  ${key}
responses:
${answer("application/json", "type: object\nproperties:\n  ok:\n    type: boolean\nrequired:\n  - ok")}
requestBody:
  required: true
  content:
    multipart/form-data:
      schema:
        type: object
        properties:
          name:
            type: string
          files:
            type: array
            items:
              type: string
              format: binary
          labels:
            type: object
            additionalProperties:
              type: string
        required:
          - name
          - files`,
  ),
  page(
    "readings.remove",
    "delete",
    "/v1/readings/{reading_id}",
    `parameters:
  - name: reading_id
    in: path
    required: true
    schema:
      type: integer
  ${key}
responses:
  '204':
    description: Deleted`,
  ),
  page(
    "weather.get",
    "get",
    "/v1/weather",
    `parameters:
  - name: api_key
    in: query
    required: true
    schema:
      type: string
  - name: town
    in: query
    required: true
    schema:
      type: string
responses:
${answer("application/json", "type: object\nproperties:\n  degrees:\n    type: number\nrequired:\n  - degrees")}`,
  ),
  page(
    "account.get",
    "get",
    "/v1/account",
    `parameters:
  - name: Authorization
    in: header
    description: Bearer authentication of the form \`Bearer <token>\`.
    required: true
    schema:
      type: string
responses:
${answer("application/json", "$ref: '#/components/schemas/Logger'")}`,
    `Logger:
  type: object
  properties:
    child:
      $ref: '#/components/schemas/Logger'
${Array.from({ length: 200 }, (_, index) => `    member_${index}:\n      type: string`).join("\n")}`,
  ),
  page(
    "jobs.start",
    "post",
    "/v1/jobs",
    `parameters:
  ${key}
responses:
${answer("application/json", "type: object\nproperties:\n  id:\n    type: string\nrequired:\n  - id")}
${answer("text/plain", "type: string", 202)}
requestBody:
  required: false
  content:
    application/json:
      schema:
        type: object
        properties:
          priority:
            type: integer`,
  ),
  page(
    "list-all.operations",
    "put",
    "/v1/raw",
    `parameters:
  ${key}
responses:
${answer("application/json-seq", "type: array\nitems:\n  type: integer")}
requestBody:
  required: true
  content:
    application/octet-stream:
      schema:
        type: string
        format: binary`,
  ),
];
