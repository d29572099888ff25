import { InputError } from "../../cli/input-error.ts";
import type { ContractModel } from "../contract-model.ts";
import { argumentName, jsDoc, propertyKey } from "../names.ts";
import { type Content, type Operation, successesOf } from "../operation-model.ts";
import { notice } from "./notice.ts";
import { ownParameters, pathNames } from "./operations.ts";
import { TypeNames } from "./type-names.ts";

/**
 * The calls of the official SDK as one interface: `tokens.singleUse.create` becomes a nested method. Path parameters
 * are positional, in the path's order; query, header, cookie and body, where there are any, follow in one `request`.
 */
export function emitCallSurface(model: ContractModel): string {
  const root: Branch = new Map();
  for (const operation of model.operations) plant(root, operation.id.split("."), operation);
  const names = new TypeNames(model);
  const body = branch(root, names, "  ");
  return `// ${notice}\n\n${names.imports()}\n/** Every operation as a method: its arguments, and the body of its documented success. */\nexport interface CallSurface {\n${body}}\n`;
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
    `the operationId "${id}" is also the beginning or the whole of another one; rename one with an overlay.`,
  );
}

function branch(members: Branch, names: TypeNames, indent: string): string {
  return [...members]
    .map(([name, member]) =>
      member instanceof Map
        ? `${indent}readonly ${propertyKey(name)}: {\n${branch(member, names, `${indent}  `)}${indent}};\n`
        : method(name, member, names, indent),
    )
    .join("");
}

function method(name: string, operation: Operation, names: TypeNames, indent: string): string {
  const ordered = pathNames(operation.template);
  const declared = (parameter: string) =>
    operation.parameters.find(({ in: place, name: own }) => place === "path" && own === parameter);
  const args = ordered.map((parameter) => {
    const type =
      names.component(declared(parameter)?.schema) ??
      names.own(`${operation.type}["parameters"]["path"][${JSON.stringify(parameter)}]`);
    return `${argumentName(parameter)}: ${declared(parameter) ? type : "string"}`;
  });
  const docs = jsDoc(
    [
      operation.description ?? operation.summary,
      ...ordered.flatMap((parameter) => {
        const description = declared(parameter)?.description;
        return description === undefined ? [] : [`@param ${argumentName(parameter)} ${description}`];
      }),
    ],
    indent,
  );
  return `${docs}${indent}${propertyKey(name)}(${[...args, ...request(operation, names)].join(", ")}): ${result(operation, names)};\n`;
}

/** Query, header, cookie (but the key) and body in one object, typed from schema.ts. */
function request(operation: Operation, names: TypeNames): string[] {
  const parts = (["query", "header", "cookie"] as const).flatMap((place) => {
    const own = ownParameters(operation, place);
    if (own.length === 0) return [];
    const all = `NonNullable<${operation.type}["parameters"]["${place}"]>`;
    const required = own.some((parameter) => parameter.required);
    const key = operation.parameters.find(
      ({ in: at, name }) => at === place && !own.some((o) => o.name === name),
    );
    const type = key === undefined ? all : `Omit<${all}, ${JSON.stringify(key.name)}>`;
    return [{ required, text: `${place}${required ? "" : "?"}: ${names.own(type)}` }];
  });
  if (operation.body !== undefined) {
    const { required, mediaType } = operation.body;
    parts.push({
      required,
      text: `body${required ? "" : "?"}: ${names.own(bodyType(operation.type, mediaType))}`,
    });
  }
  if (parts.length === 0) return [];
  const optional = parts.some(({ required }) => required) ? "" : "?";
  return [`request${optional}: { ${parts.map(({ text }) => text).join("; ")} }`];
}

/** What the client sends in that media type: values as JSON or as a form, the rest as it is. */
function bodyType(type: string, mediaType: string | undefined): string {
  if (mediaType === undefined) return "unknown";
  const value = `NonNullable<${type}["requestBody"]>["content"][${JSON.stringify(mediaType)}]`;
  if (/json\s*(;|$)/i.test(mediaType)) return value;
  if (/^multipart\/form-data/i.test(mediaType)) return `${value} | FormData`;
  if (/^application\/x-www-form-urlencoded/i.test(mediaType)) return `${value} | URLSearchParams`;
  return "Blob | ArrayBuffer | ArrayBufferView | ReadableStream<Uint8Array> | AsyncIterable<Uint8Array | string> | string";
}

function result(operation: Operation, names: TypeNames): string {
  const types = successesOf(operation).flatMap(({ status, content }) =>
    content.length === 0 ? ["void"] : content.map((answer) => answerType(operation, status, answer, names)),
  );
  return [...new Set(types)].join(" | ") || "void";
}

function answerType(operation: Operation, status: string, answer: Content, names: TypeNames): string {
  const { form, mediaType, schemaPath, isList } = answer;
  if (form === "text") return "string";
  if (form === "bytes") return "ArrayBuffer";
  if (form === "stream") return "ReadableStream<Uint8Array>";
  const key = /^\d+$/.test(status) ? status : JSON.stringify(status);
  const documented = `${operation.type}["responses"][${key}]["content"][${JSON.stringify(mediaType)}]`;
  const value =
    schemaPath === undefined
      ? "unknown"
      : (names.componentAt(schemaPath) ?? names.own(isList ? `${documented}[number]` : documented));
  return form === "json" ? value : `AsyncIterableIterator<${form === "event-texts" ? "string" : value}>`;
}
