import type { ContractModel } from "../contract-model.ts";
import type { Operation } from "../operation-model.ts";
import type { Parameter, Style } from "../parameter.ts";
import { answerMembers } from "./answer-members.ts";
import { notice } from "./notice.ts";

/** The table that the client builds its calls from, and apart from it what only tests ask. */
export function emitOperations({ operations, server }: ContractModel): string {
  return `// ${notice}

/** The first documented server. */
export const server = ${JSON.stringify(server)};

/** Whether any operation needs a key. */
export const takesKey: boolean = ${operations.some(({ credential }) => credential !== undefined)};

/** What a call of each operation needs, by operationId. */
export const operations = ${table(operations, call)} as const;

/** The media types of each documented answer, by operationId and status. */
export const responses = ${table(operations, answers)} as const;

/** The header parameters that each operation demands, by operationId. */
export const requiredHeaders: Readonly<Record<string, readonly string[]>> = ${table(operations, demandedHeaders)};
`;
}

function table(operations: readonly Operation[], row: (operation: Operation) => object): string {
  return JSON.stringify(
    Object.fromEntries(operations.map((operation) => [operation.id, row(operation)])),
    null,
    2,
  );
}

/** The members of the client's `Operation` (src/calls/operation.ts); JSON leaves out what is undefined. */
function call(operation: Operation): object {
  const { method, template, credential, body, maxResponseBytes, timeoutInSeconds, isRepeatable } = operation;
  return {
    method,
    path: template,
    takes: takenPlaces(operation).join(" ") || undefined,
    styles: styles(operation),
    requestMediaType: body?.mediaType === "application/json" ? undefined : body?.mediaType,
    ...answerMembers(operation),
    maxResponseBytes,
    timeoutInSeconds,
    isRepeatable: isRepeatable || undefined,
    credential: credential && [credential.name, ...(credential.prefix ? [credential.prefix] : [])],
    keyIn: credential === undefined || credential.in === "header" ? undefined : credential.in,
  };
}

/** Where a caller may give something beside path arguments: not in the place of the key alone. */
export function takenPlaces(operation: Operation): string[] {
  const places = ["query", "header", "cookie"].filter((place) => ownParameters(operation, place).length > 0);
  return operation.body === undefined ? places : [...places, "body"];
}

/** A place's parameters without the key's. */
export function ownParameters({ parameters, credential }: Operation, place: string): Parameter[] {
  return parameters.filter(({ in: own, name }) => own === place && !isKey(name));

  function isKey(name: string): boolean {
    const keyPlace = credential?.in === "basic" ? "header" : credential?.in;
    return keyPlace === place && name.toLowerCase() === credential?.name.toLowerCase();
  }
}

function styles({ parameters, body }: Operation): Readonly<Record<string, Style>> | undefined {
  const styled = [
    ...parameters.flatMap(({ name, style }) => (style ? [[`query ${name}`, style] as const] : [])),
    ...Object.entries(body?.styles ?? {}).map(([name, style]) => [`body ${name}`, style] as const),
  ];
  return styled.length === 0 ? undefined : Object.fromEntries(styled);
}

function answers({ responses }: Operation): object {
  return Object.fromEntries(
    responses.map(({ status, content }) => [status, content.map(({ mediaType }) => mediaType)]),
  );
}

function demandedHeaders({ parameters }: Operation): readonly string[] {
  return parameters
    .filter(({ in: place, required }) => place === "header" && required)
    .map(({ name }) => name);
}

/** The names in a path template, in its order. */
export function pathNames(template: string): string[] {
  return [...template.matchAll(/\{([^{}]+)\}/g)].map(([, name = ""]) => name);
}
