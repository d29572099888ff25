import { responses, operations as table } from "../../generated/operations.ts";
import { ElevenLabsClient } from "../../src/index.ts";
import type { Contract } from "../harness/contract/contract.ts";
import { operationAt } from "../harness/contract/match-operation.ts";
import type { Oracle } from "../harness/schema/oracle.ts";
import { clientArguments } from "./client-arguments.ts";
import type { ConsumerCall } from "./consumer-call.ts";

/** Every call that the contract knows: each operation of the client, each listed argument, each documented status. */
export function consumerCalls(contract: Contract, oracle: Oracle, baseUrl: () => string): ConsumerCall[] {
  // Both tables have a row for each operationId.
  return (Object.keys(table) as (keyof typeof table)[]).flatMap((id) => {
    const { method, path, pathParameters } = table[id];
    const operation = operationAt(contract, method, path);
    if (!operation)
      throw new Error(`${id} isn't in ${contract.file}: the client was made from another contract.`);
    const names = pathParameters.map(({ name }) => name);
    return clientArguments(contract, oracle, operation, names).flatMap(({ what, args }) =>
      Object.keys(responses[id])
        .filter((status) => /^[2-5]\d\d$/.test(status))
        .map((status) => ({
          operation,
          what: `${id} with ${what}, answered ${status}`,
          status: Number(status),
          call: () => {
            const client = new ElevenLabsClient({
              apiKey: "contract-tests-key",
              baseUrl: baseUrl(),
              maxRetries: 0,
            });
            return methodAt(client, id)(...args, { headers: { Prefer: `code=${status}` } });
          },
        })),
    );
  });
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
