import type { ContractModel, Operation } from "../contract-model.ts";
import { credentialOf } from "../credential.ts";
import { notice } from "./notice.ts";

/** The table that the client builds its calls from, and apart from it what only tests ask. */
export function emitOperations({ operations, server }: ContractModel): string {
  return `// ${notice}

/** The first documented server. */
export const server = ${JSON.stringify(server)};

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

/** The members of the client's `Operation`; JSON leaves out what is undefined. */
function call({ method, template, parameters, body, responses }: Operation): object {
  const named = (place: string): string[] =>
    parameters.filter((parameter) => parameter.in === place).map(({ name }) => name);
  const credential = credentialOf(parameters);
  const success = responses.find(({ isSuccess }) => isSuccess);
  const isRequestTaken =
    body !== undefined ||
    parameters.some(
      ({ in: place, name }) => ["query", "header"].includes(place) && name !== credential?.header,
    );
  return {
    method,
    path: template,
    pathParameters: pathOrder(template, named("path")).map((name) => ({
      name,
      isEnum: parameters.some(
        (parameter) => parameter.in === "path" && parameter.name === name && parameter.isEnum,
      ),
    })),
    takesRequest: isRequestTaken || undefined,
    requestMediaType: body?.mediaTypes[0],
    successStatus: success?.status ?? "",
    answersBytes: (success && success.content.length > 0 && !success.content.some(isReadable)) || undefined,
    credentials: credential ? { [credential.header]: credential.prefix } : {},
  };
}

/** JSON or text: a call gives anything else as it came. */
function isReadable({ mediaType }: { readonly mediaType: string }): boolean {
  return /[/+]json\b|^text\//i.test(mediaType);
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

/** The order of the path template, whatever the order of the parameter list. */
export function pathOrder(template: string, names: readonly string[]): string[] {
  return [...names].sort((a, b) => template.indexOf(`{${a}}`) - template.indexOf(`{${b}}`));
}
