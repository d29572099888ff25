import type { Answer, Handler } from "./handler.ts";
import {
  isDocumentedType,
  isKeyRequired,
  keyHeader,
  keyOf,
  requestedType,
  tokenTypes,
} from "./token-contract.ts";
import { type Ledger, TokenLedger } from "./token-ledger.ts";

export interface TokenProviderOptions {
  /** Where tokens are recorded; its own ledger by default. Share it with the sockets where tokens are used. */
  readonly ledger?: Ledger;
  /** The accepted keys, of which one is then demanded; by default any key that isn't empty. */
  readonly apiKeys?: readonly string[];
  /** Refuses a request without a key. Default: with `apiKeys` true, else as the contract has it. */
  readonly requireKey?: boolean;
}

/**
 * A provider that conforms to the contract: a fresh token per create, the key checked, and errors in the shape in which
 * the real provider's framework gives them.
 */
export function tokenProvider(options: TokenProviderOptions = {}): Handler {
  const {
    ledger = new TokenLedger(),
    apiKeys,
    requireKey = isKeyRequired || apiKeys !== undefined,
  } = options;

  return (request) => {
    const type = requestedType(request);
    if (!type || type.includes("/")) return json(404, { detail: "Not Found" });
    if (request.method !== "POST") {
      return json(405, { detail: "Method Not Allowed" }, { allow: "POST" });
    }

    const key = keyOf(request);
    const problems = [
      ...(isDocumentedType(type) ? [] : [notInEnum(type)]),
      ...(key || !requireKey ? [] : [keyMissing]),
    ];
    if (problems.length > 0) return json(422, { detail: problems });
    if (apiKeys && key && !apiKeys.includes(key)) {
      return json(401, { detail: { status: "invalid_api_key", message: "Invalid API key" } });
    }
    return json(200, { token: ledger.mint(type) });
  };
}

const keyMissing = { type: "missing", loc: ["header", keyHeader], msg: "Field required", input: null };

function notInEnum(input: string) {
  const expected = tokenTypes.map((type) => `'${type}'`).join(" or ");
  return {
    type: "enum",
    loc: ["path", "token_type"],
    msg: `Input should be ${expected}`,
    input,
    ctx: { expected },
  };
}

function json(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
  return { status, headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(body) };
}
