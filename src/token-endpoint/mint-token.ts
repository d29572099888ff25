import type { TokenClient } from "./token-endpoint-options.ts";

export type MintResult =
  | { readonly token: string }
  | { readonly error: unknown }
  /** The caller hung up: nobody waits for an answer. */
  | { readonly callerLeft: true };

/**
 * Asks the provider for one token, in limited time, and calls the request off as soon as nobody waits for it. The
 * limit holds even for a client that ignores its signal.
 *
 * @param caller - Aborted when whoever asked has left.
 * @param timeoutMs - Milliseconds that the provider has.
 */
export async function mintToken(
  client: TokenClient,
  tokenType: Parameters<TokenClient["tokens"]["singleUse"]["create"]>[0],
  caller: AbortSignal,
  timeoutMs: number,
): Promise<MintResult> {
  if (caller.aborted) return { callerLeft: true };
  const call = new AbortController();
  let giveUp: (result: MintResult) => void = () => {};
  const gaveUp = new Promise<MintResult>((resolve) => {
    giveUp = resolve;
  });
  const stop = (result: MintResult) => {
    giveUp(result);
    call.abort();
  };
  const leave = () => stop({ callerLeft: true });
  const timer = setTimeout(() => stop({ error: new Error("the provider took too long") }), timeoutMs);
  caller.addEventListener("abort", leave, { once: true });

  try {
    return await Promise.race([created(client, tokenType, call.signal, timeoutMs), gaveUp]);
  } finally {
    clearTimeout(timer);
    caller.removeEventListener("abort", leave);
  }
}

async function created(
  client: TokenClient,
  tokenType: Parameters<typeof mintToken>[1],
  abortSignal: AbortSignal,
  timeoutMs: number,
): Promise<MintResult> {
  try {
    const { token } = await client.tokens.singleUse.create(tokenType, {
      abortSignal,
      timeoutInSeconds: timeoutMs / 1000,
      // A replayed POST can mint a spare token, and the page can ask again.
      maxRetries: 0,
    });
    // Another client than ours may not have validated its answer.
    if (typeof token === "string" && token !== "") return { token };
    return { error: Object.assign(new Error("the provider gave no token"), { statusCode: 200 }) };
  } catch (error) {
    return { error };
  }
}
