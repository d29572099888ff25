import { responses, operations as table } from "../../generated/operations.ts";
import { providerName } from "../../generated/provider.ts";
import { ApiClient } from "../../src/api-client.ts";
import type { Operation as ClientOperation } from "../../src/calls/operation.ts";
import type { Contract } from "../harness/contract/contract.ts";
import { operationAt } from "../harness/contract/match-operation.ts";
import type { ClientCall, ClientComplaint } from "../harness/run/client-call.ts";
import { Oracle } from "../harness/schema/oracle.ts";
import { clientArguments } from "./client-arguments.ts";

/** Every call that the contract knows: each operation of the client, each listed argument, each documented status. */
export function clientCalls(contract: Contract): ClientCall[] {
  const oracle = new Oracle(contract);
  // Both tables have a row for each operationId.
  return (Object.keys(table) as (keyof typeof table)[]).flatMap((id) => {
    const row: ClientOperation = table[id];
    const { method, path } = row;
    const operation = operationAt(contract, method, path);
    if (!operation)
      throw new Error(`${id} isn't in ${contract.file}: the client was made from another contract.`);
    const names = [...path.matchAll(/\{([^{}]+)\}/g)].map(([, name = ""]) => name);
    return clientArguments(oracle, operation, names, row).flatMap(({ what, args }) =>
      Object.keys(responses[id])
        .filter((status) => /^[2-5]\d\d$/.test(status))
        .map((text): ClientCall => {
          const status = Number(text);
          return {
            operation: operation.id,
            what: `${id} with ${what}, answered ${status}`,
            status,
            call: (baseUrl) => {
              const client = new ApiClient({ apiKey: "contract-tests-key", baseUrl, maxRetries: 0 });
              return methodAt(client, id)(...args, { headers: { Prefer: `code=${status}` } }).then(drained);
            },
            judgeError: (error) => judgeError(error, status),
          };
        }),
    );
  });
}

/** Each documented failure is an error of the client's family, with its status. */
function judgeError(error: unknown, status: number): ClientComplaint | undefined {
  const statusCode =
    typeof error === "object" && error !== null && "statusCode" in error ? error.statusCode : undefined;
  const name = error instanceof Error ? error.name : "";
  const due = status === 422 ? "UnprocessableEntityError" : `${providerName}Error`;
  if (statusCode === status && name === due) return undefined;
  return {
    expected: `an ${due} with statusCode ${status}`,
    actual: error instanceof Error ? `${name} (${String(statusCode)}): ${error.message}` : String(error),
  };
}

/** `tokens.singleUse.create` → the client's method of that name. */
function methodAt(client: object, id: string): (...args: unknown[]) => Promise<unknown> {
  const found = id
    .split(".")
    .reduce<unknown>(
      (at, name) => (typeof at === "object" && at !== null ? Reflect.get(at, name) : undefined),
      client,
    );
  if (typeof found !== "function") throw new Error(`The client has no method ${id}.`);
  return async (...args) => found(...args);
}

/** All values or bytes of a stream; anything else as it is. */
async function drained(value: unknown): Promise<unknown> {
  if (value instanceof ReadableStream) return new Response(value).arrayBuffer();
  if (typeof value !== "object" || value === null || !(Symbol.asyncIterator in value)) return value;
  const values: unknown[] = [];
  // What has the symbol is one: the client's streams of values.
  for await (const item of value as AsyncIterable<unknown>) values.push(item);
  return values;
}
