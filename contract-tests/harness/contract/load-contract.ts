import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Contract, Operation, SecurityScheme } from "./contract.ts";
import { ContractError } from "./contract-error.ts";
import { isObject, type JsonObject, objectOr, textOr } from "./json-object.ts";
import { joinPointer } from "./json-pointer.ts";
import type { NotJudged } from "./not-judged.ts";
import { asOpenApi31 } from "./openapi-31.ts";
import { documentedMethods, readOperation } from "./read-operation.ts";
import { isToken, type Resolve } from "./read-parameter.ts";
import { checkReferences, resolveReference } from "./references.ts";
import { parseSource } from "./source-text.ts";

/**
 * Reads an OpenAPI 3.0 or 3.1 document, YAML or JSON. Throws `ContractError` when there is nothing to judge by: no such
 * file, not YAML or JSON, not OpenAPI 3.0 or 3.1, a dangling reference, no operation.
 */
export async function loadContract(file: string): Promise<Contract> {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw new ContractError(
      `The contract ${file} can't be read: ${error.code === "ENOENT" ? "there is no such file" : error.message}.`,
    );
  });
  return readContract(bytes, file);
}

/** `loadContract` for bytes at hand; `file` is the name used in messages and reports. */
export function readContract(bytes: Uint8Array, file: string): Contract {
  const text = new TextDecoder().decode(bytes);
  if (text.trim() === "") throw new ContractError(`The contract ${file} is empty.`);
  const source = parseSource(text, file);
  if (!isObject(source.value))
    throw new ContractError(`The contract ${file} isn't an OpenAPI document: an object is expected.`);
  const version = readVersion(source.value, file);
  const document = version === "3.0" ? asOpenApi31(source.value) : source.value;
  const notJudged: NotJudged[] = checkReferences(document, file, source.line);
  const resolve: Resolve = (pointer) => resolveReference(document, file, pointer);
  const operations = readOperations(document, resolve, notJudged);
  if (operations.length === 0)
    throw new ContractError(`The contract ${file} has no operation: nothing could be judged.`);
  if (isObject(document["webhooks"])) {
    notJudged.push({
      pointer: "/webhooks",
      reason: "webhooks are requests that the provider sends, and only its answers are judged",
    });
  }
  return {
    file,
    title: textOr(objectOr(document["info"])["title"]) ?? file,
    sha256: createHash("sha256").update(bytes).digest("hex"),
    version,
    document,
    operations,
    securitySchemes: readSecuritySchemes(document, resolve),
    notJudged,
    line: source.line,
    resolve,
  };
}

function readVersion(document: JsonObject, file: string): "3.0" | "3.1" {
  const version = document["openapi"];
  const match = /^(3\.[01])(\.|$)/.exec(String(version ?? ""));
  if (match) return match[1] as "3.0" | "3.1"; // the pattern allows nothing else
  const found =
    version === undefined
      ? document["swagger"] === undefined
        ? "it has no openapi field"
        : `it is Swagger ${String(document["swagger"])}`
      : `it says ${String(version)}`;
  throw new ContractError(`The contract ${file} isn't an OpenAPI 3.0 or 3.1 document: ${found}.`);
}

function readOperations(document: JsonObject, resolve: Resolve, notJudged: NotJudged[]): Operation[] {
  const operations: Operation[] = [];
  for (const path of Object.keys(objectOr(document["paths"]))) {
    if (path.startsWith("x-")) continue;
    const pathItem = resolve(joinPointer("/paths", path));
    for (const method of documentedMethods) {
      if (!isObject(objectOr(pathItem.value)[method])) continue;
      operations.push(readOperation(document, path, method, pathItem.pointer, resolve, notJudged));
    }
  }
  return operations;
}

function readSecuritySchemes(document: JsonObject, resolve: Resolve): Map<string, SecurityScheme> {
  const names = Object.keys(objectOr(objectOr(document["components"])["securitySchemes"]));
  return new Map(
    names.map((name) => {
      const { value, pointer } = resolve(joinPointer("/components/securitySchemes", name));
      return [name, readSecurityScheme(objectOr(value), pointer)] as const;
    }),
  );
}

function readSecurityScheme(scheme: JsonObject, pointer: string): SecurityScheme {
  const { type, name } = scheme;
  const place = scheme["in"];
  if (
    type === "apiKey" &&
    typeof name === "string" &&
    (place === "query" || place === "header" || place === "cookie")
  ) {
    if (place !== "query" && !isToken(name))
      return { kind: "unsupported", what: `a ${place} can't be called ${JSON.stringify(name)}`, pointer };
    return { kind: "apiKey", in: place, name, pointer };
  }
  const http = type === "http" ? String(scheme["scheme"]).toLowerCase() : undefined;
  if (http === "basic") return { kind: "basic", pointer };
  if (http === "bearer" || type === "oauth2" || type === "openIdConnect") return { kind: "bearer", pointer };
  return { kind: "unsupported", what: http === undefined ? String(type) : `http ${http}`, pointer };
}
