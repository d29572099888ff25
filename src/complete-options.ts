import { takesKey } from "../generated/operations.ts";
import { keyVariable } from "../generated/provider.ts";
import type { ClientOptions } from "./client-options.ts";
import { checkApiKey } from "./guards/check-api-key.ts";
import { checkRuntime } from "./guards/check-runtime.ts";

/**
 * Completes a client's options from the environment, and refuses an unusable key at once, unless a function supplies it.
 *
 * @throws ApiError with code `invalid_configuration`
 */
export function completeOptions(options: ClientOptions): ClientOptions {
  if (!options.dangerouslyAllowBrowser) checkRuntime(globalThis);
  const apiKey = options.apiKey ?? globalThis.process?.env?.[keyVariable];
  if ((takesKey && !apiKey) || typeof apiKey === "string") checkApiKey(apiKey);
  return { ...options, apiKey };
}
