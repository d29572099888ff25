import type { Contract, Operation } from "../contract/contract.ts";
import { valueAt } from "../contract/json-pointer.ts";
import { matchingOperations } from "../run/choose-operations.ts";
import type { TokenSupply } from "../run/fresh-tokens.ts";
import type { Target } from "../run/target.ts";
import type { Oracle } from "../schema/oracle.ts";
import { buildRequest, type RequestParts } from "../wire/request-parts.ts";
import { noCredentials } from "../wire/scheme-form.ts";
import { TargetError } from "./target-error.ts";

export interface Login {
  /** A filter that matches one operation: its operationId, or `POST /login`. */
  readonly operation: string;
  /** What is sent; nothing by default. */
  readonly body?: unknown;
  /** JSON Pointer to the token in the response. */
  readonly token: string;
  /** JSON Pointer to its lifetime in seconds. */
  readonly expiresIn?: string;
  /** How it is named in messages: `conformance.yaml: auth.bearerAuth.login`. */
  readonly written: string;
}

const timeoutMs = 30_000;

/**
 * Tokens by an operation of the contract.
 *
 * @throws {UserError} when no operation is meant, or the contract doesn't take that body
 */
export function loginSupply(contract: Contract, oracle: Oracle, target: Target, login: Login): TokenSupply {
  const { written, token, expiresIn } = login;
  const [operation, ...others] = matchingOperations(contract.operations, [login.operation], written);
  if (!operation || others.length > 0)
    throw new TargetError(
      `${written}: "${login.operation}" matches several operations: name one, such as "POST /login".`,
    );
  const body = bodyOf(operation, oracle, login);
  const request = buildRequest(oracle, operation, {
    parameters: new Map(),
    credentials: noCredentials,
    ...(body ? { body } : {}),
  });
  if (!request) throw new TargetError(`${written}: that body doesn't make a request of ${operation.id}.`);
  return async (signal) => {
    const sent = await target.send(request, { timeoutMs, ...(signal ? { signal } : {}) });
    const failed = (reason: string) => new TargetError(`${written}: ${operation.id} ${reason}.`);
    if ("failure" in sent) throw failed(`wasn't answered (${sent.failure.code})`);
    const { status, body: bytes } = sent.response;
    if (status >= 300) throw failed(`was answered ${status} without a token: correct the body`);
    const answer = jsonOf(bytes);
    const value = valueAt(answer, token);
    if (typeof value !== "string" || value === "") throw failed(`returned no text at ${token}`);
    const seconds = expiresIn === undefined ? undefined : Number(valueAt(answer, expiresIn));
    if (seconds !== undefined && !(seconds > 0))
      throw failed(`returned no number of seconds at ${expiresIn}`);
    return { value, ...(seconds === undefined ? {} : { lifetimeMs: seconds * 1_000 }) };
  };
}

function bodyOf({ id, requestBody }: Operation, oracle: Oracle, login: Login): RequestParts["body"] {
  if (login.body === undefined) return undefined;
  const fitting = requestBody?.contents.find(
    ({ schema }) => schema === undefined || oracle.accepts(schema, "request", login.body),
  );
  if (!fitting) throw new TargetError(`${login.written}: the contract doesn't allow that body for ${id}.`);
  return { mediaType: fitting, value: login.body };
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}
