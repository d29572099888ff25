import { operations, server } from "../generated/operations.ts";
import type { ClientOptions } from "./client-options.ts";
import { checkApiKey } from "./guards/check-api-key.ts";
import { checkBaseUrl } from "./guards/check-base-url.ts";
import { checkRuntime } from "./guards/check-runtime.ts";
import type { TransportOptions } from "./transport/transport.ts";

/**
 * Completes a client's options from the contract and the environment, and refuses at once what can be judged without
 * asking a function.
 *
 * @throws ElevenLabsError with code `invalid_configuration`
 */
export function completeOptions(options: ClientOptions): TransportOptions {
  if (!options.dangerouslyAllowBrowser) checkRuntime(globalThis);
  const apiKey = options.apiKey ?? globalThis.process?.env?.["ELEVENLABS_API_KEY"];
  if (typeof apiKey !== "function" && !(apiKey instanceof Promise)) checkApiKey(apiKey);
  const address = options.baseUrl ?? options.environment;
  if (typeof address === "string") checkBaseUrl(address, options.dangerouslyAllowHttp);
  const credentialHeaders = Object.values(operations).flatMap(({ credential }) => credential?.name ?? []);
  return { ...options, apiKey, server, credentialHeaders };
}
