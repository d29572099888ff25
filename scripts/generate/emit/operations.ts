import type { ContractModel, Operation, Response } from "../contract-model.ts";
import { credentialOf } from "../credential.ts";
import { notice } from "./notice.ts";

/** The table that the client builds its calls from: one row an operation, by operationId. */
export function emitOperations({ operations, server }: ContractModel): string {
  const rows = operations.map(
    (operation) => `  ${JSON.stringify(operation.id)}: ${indent(row(operation))},\n`,
  );
  return `// ${notice}

/** The first documented server. */
export const server = ${JSON.stringify(server)};

/** Every operation of the contract, by operationId. */
export const operations = {
${rows.join("")}} as const;
`;
}

function row(operation: Operation): string {
  const named = (place: string): string[] =>
    operation.parameters.filter((parameter) => parameter.in === place).map(({ name }) => name);
  const credential = credentialOf(operation.parameters);
  return JSON.stringify(
    {
      method: operation.method,
      path: operation.template,
      pathParameters: pathOrder(operation.template, named("path")),
      enumPathParameters: operation.parameters
        .filter((parameter) => parameter.in === "path" && parameter.isEnum)
        .map(({ name }) => name),
      queryParameters: named("query"),
      headerParameters: named("header").filter((name) => name !== credential?.name),
      credential: credential ?? null,
      requestMediaTypes: operation.body?.mediaTypes ?? [],
      responses: Object.fromEntries(
        operation.responses.map(({ status, content }) => [status, content.map(({ mediaType }) => mediaType)]),
      ),
      successStatuses: operation.responses.filter(isSuccess).map(({ status }) => status),
    },
    null,
    2,
  );
}

function isSuccess(response: Response): boolean {
  return response.isSuccess;
}

/** The order of the path template, whatever the order of the parameter list. */
export function pathOrder(template: string, names: readonly string[]): string[] {
  return [...names].sort((a, b) => template.indexOf(`{${a}}`) - template.indexOf(`{${b}}`));
}

function indent(json: string): string {
  return json.replaceAll("\n", "\n  ");
}
