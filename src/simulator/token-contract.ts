import * as enums from "../../generated/enums.ts";
import { operations, requiredHeaders } from "../../generated/operations.ts";
import type { Operation } from "../calls/operation.ts";
import { isRefusal } from "./alter.ts";
import type { Answer, ReceivedRequest } from "./handler.ts";

/**
 * What the faults of the token contract have to know of it. Only the simulator and its faults know an endpoint: cases and
 * checks read the document. Where the imported pages document no tokens, it is as it was first documented.
 */
const id = "tokens.singleUse.create";
const documented: Readonly<Record<string, Pick<Operation, "path" | "credential">>> = operations;
const create = documented[id];
const listed: Readonly<Record<string, object>> = enums;

export const tokenTypes: readonly string[] = Object.values(
  listed["SingleUseTokenType"] ?? ["realtime_scribe", "tts_websocket"],
);

export const keyHeader = create?.credential?.[0] ?? "xi-api-key";

/** Whether a request without a key breaks the contract. */
export const isKeyRequired = create === undefined || (requiredHeaders[id]?.includes(keyHeader) ?? false);

/** The operation's path template. */
export const tokenPath = create?.path ?? "/v1/single-use-token/{token_type}";

const pathPrefix = tokenPath.replace("{token_type}", "");

/** The address of the operation for that type, percent-encoded. */
export function tokenUrl(type: string): string {
  return pathPrefix + encodeURIComponent(type);
}

/** The type in the request's path, decoded; undefined on every other path. */
export function requestedType(request: ReceivedRequest): string | undefined {
  const path = request.url.split("?", 1)[0] ?? "";
  if (!path.startsWith(pathPrefix)) return undefined;
  try {
    return decodeURIComponent(path.slice(pathPrefix.length));
  } catch {
    return path.slice(pathPrefix.length);
  }
}

export function isDocumentedType(type: string | undefined): boolean {
  return tokenTypes.some((documented) => documented === type);
}

export function isCreate(request: ReceivedRequest): boolean {
  return request.method === "POST" && requestedType(request) !== undefined;
}

/** Credential as sent; undefined when it is missing or empty. */
export function keyOf(request: ReceivedRequest): string | undefined {
  return request.headers[keyHeader] || undefined;
}

export function withKey(request: ReceivedRequest, key = "any-key-at-all"): ReceivedRequest {
  return { ...request, headers: { ...request.headers, [keyHeader]: key } };
}

export function withType(request: ReceivedRequest, type: string): ReceivedRequest {
  return { ...request, url: tokenUrl(type) };
}

/** The server refused a create whose type isn't documented. */
export function refusedType(answer: Answer, request: ReceivedRequest): boolean {
  return isCreate(request) && isRefusal(answer) && !isDocumentedType(requestedType(request));
}

/** The server refused a create that carries no key. */
export function refusedKey(answer: Answer, request: ReceivedRequest): boolean {
  return isCreate(request) && isRefusal(answer) && keyOf(request) === undefined;
}
