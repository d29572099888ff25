import { refusal } from "../errors/refusal.ts";

/**
 * Refuses a browser's page or worker, where the API key would be public.
 *
 * @throws ApiError with code `invalid_configuration`
 */
export function checkRuntime(scope: { document?: unknown; importScripts?: unknown }): void {
  if (scope.document || scope.importScripts)
    throw refusal("configuration", "Browsers expose the API key: see dangerouslyAllowBrowser.");
}
