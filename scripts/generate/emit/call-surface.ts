import { InputError } from "../../cli/input-error.ts";
import { type Component, type ContractModel, type Operation, resolve } from "../contract-model.ts";
import { credentialOf } from "../credential.ts";
import { fromPointer, isObject, type JsonObject, valueAt } from "../json.ts";
import { argumentName, jsDoc, propertyKey } from "../names.ts";
import { notice } from "./notice.ts";
import { pathOrder } from "./operations.ts";

/**
 * The calls of the official SDK as one interface: `tokens.singleUse.create` becomes a nested method. Path parameters
 * are positional, in the path's order; query, header and body, where there are any, follow in one `request`.
 */
export function emitCallSurface(model: ContractModel): string {
  const root: Branch = new Map();
  for (const operation of model.operations) plant(root, operation.id.split("."), operation);
  const body = branch(root, model, "  ");
  const imports = [
    ...named(model.components, body, true, "./enums.ts"),
    ...named(model.components, body, false, "./models.ts"),
    ...(/\boperations\[/.test(body) ? ['import type { operations } from "./schema.ts";\n'] : []),
  ];
  return `// ${notice}\n\n${imports.join("")}\n/** Every operation as a method: its arguments, and the body of its documented success. */\nexport interface CallSurface {\n${body}}\n`;
}

type Branch = Map<string, Branch | Operation>;

function plant(root: Branch, names: readonly string[], operation: Operation): void {
  let at = root;
  for (const name of names.slice(0, -1)) {
    const next = at.get(name) ?? new Map();
    if (!(next instanceof Map)) throw collision(operation);
    at.set(name, next);
    at = next;
  }
  const last = names.at(-1) ?? operation.id;
  if (at.has(last)) throw collision(operation);
  at.set(last, operation);
}

function collision({ id }: Operation): InputError {
  return new InputError(
    `the operationId "${id}" is also the beginning or the whole of another one; rename one by an overlay.`,
  );
}

function branch(members: Branch, model: ContractModel, indent: string): string {
  return [...members]
    .map(([name, member]) =>
      member instanceof Map
        ? `${indent}readonly ${propertyKey(name)}: {\n${branch(member, model, `${indent}  `)}${indent}};\n`
        : method(name, member, model, indent),
    )
    .join("");
}

function method(name: string, operation: Operation, model: ContractModel, indent: string): string {
  const inPath = operation.parameters.filter((parameter) => parameter.in === "path");
  const ordered = pathOrder(
    operation.template,
    inPath.map((parameter) => parameter.name),
  );
  const args = ordered.map(
    (parameter) => `${argumentName(parameter)}: ${argumentType(operation, parameter, model)}`,
  );
  const docs = jsDoc(
    [
      operation.description ?? operation.summary,
      ...ordered.flatMap((parameter) => {
        const description = inPath.find((entry) => entry.name === parameter)?.description;
        return description === undefined ? [] : [`@param ${argumentName(parameter)} ${description}`];
      }),
    ],
    indent,
  );
  return `${docs}${indent}${propertyKey(name)}(${[...args, ...request(operation)].join(", ")}): ${result(operation, model)};\n`;
}

function argumentType(
  operation: Operation,
  parameter: string,
  { document, components }: ContractModel,
): string {
  const item = valueAt(document, ["paths", operation.template]);
  const method = operation.method.toLowerCase();
  const lists = isObject(item) ? [item["parameters"], valueAt(item, [method, "parameters"])] : [];
  const declared = lists
    .flatMap((list) => (Array.isArray(list) ? list : []))
    .map((entry) => resolve(document, entry))
    .find((entry) => entry["name"] === parameter && entry["in"] === "path");
  const schema = declared?.["schema"];
  return (
    componentName(isObject(schema) ? schema : undefined, components) ??
    `operations[${JSON.stringify(operation.id)}]["parameters"]["path"][${JSON.stringify(parameter)}]`
  );
}

/** Query, header (but the key's) and body in one object, typed from schema.ts. */
function request(operation: Operation): string[] {
  const type = `operations[${JSON.stringify(operation.id)}]`;
  const key = credentialOf(operation.parameters)?.header;
  const parts = (["query", "header"] as const).flatMap((place) => {
    const own = operation.parameters.filter((parameter) => parameter.in === place && parameter.name !== key);
    if (own.length === 0) return [];
    const all = `NonNullable<${type}["parameters"]["${place}"]>`;
    const required = own.some((parameter) => parameter.required);
    return [
      {
        required,
        text: `${place}${required ? "" : "?"}: ${key === undefined ? all : `Omit<${all}, ${JSON.stringify(key)}>`}`,
      },
    ];
  });
  if (operation.body !== undefined) {
    const { required, mediaTypes } = operation.body;
    parts.push({ required, text: `body${required ? "" : "?"}: ${bodyType(type, mediaTypes[0])}` });
  }
  if (parts.length === 0) return [];
  const optional = parts.some(({ required }) => required) ? "" : "?";
  return [`request${optional}: { ${parts.map(({ text }) => text).join("; ")} }`];
}

/** What the client sends in that media type, the first documented one: it writes JSON and leaves the rest as it is. */
function bodyType(operationType: string, mediaType: string | undefined): string {
  if (mediaType === undefined) return "unknown";
  if (/json\b/.test(mediaType))
    return `NonNullable<${operationType}["requestBody"]>["content"][${JSON.stringify(mediaType)}]`;
  if (/form-data/.test(mediaType)) return "FormData";
  return /urlencoded/.test(mediaType) ? "URLSearchParams" : "Blob | ArrayBuffer | string";
}

function result(operation: Operation, { document, components }: ContractModel): string {
  const types = operation.responses
    .filter(({ isSuccess }) => isSuccess)
    .flatMap(({ status, content }) =>
      content.length === 0
        ? ["void"]
        : content.map(({ mediaType, schemaPath }) => {
            if (!/[/+]json\b/i.test(mediaType)) return /^text\//i.test(mediaType) ? "string" : "ArrayBuffer";
            const schema = schemaPath === undefined ? undefined : valueAt(document, schemaPath);
            const key = /^\d+$/.test(status) ? status : JSON.stringify(status);
            return (
              componentName(isObject(schema) ? schema : undefined, components) ??
              `operations[${JSON.stringify(operation.id)}]["responses"][${key}]["content"][${JSON.stringify(mediaType)}]`
            );
          }),
    );
  return [...new Set(types)].join(" | ") || "void";
}

function componentName(schema: JsonObject | undefined, components: readonly Component[]): string | undefined {
  const reference = schema?.["$ref"];
  if (typeof reference !== "string" || !reference.startsWith("#/components/schemas/")) return undefined;
  return components.find(({ key }) => key === fromPointer(reference).at(-1))?.name;
}

function named(components: readonly Component[], body: string, enums: boolean, file: string): string[] {
  const used = components
    .filter(({ constants }) => (constants !== undefined) === enums)
    .map(({ name }) => name)
    .filter((name) => new RegExp(`(?<![\\w"'.$])${name.replaceAll("$", "\\$")}(?![\\w"'$])`).test(body))
    .sort();
  return used.length === 0 ? [] : [`import type { ${used.join(", ")} } from "${file}";\n`];
}
