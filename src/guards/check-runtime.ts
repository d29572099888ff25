import { ElevenLabsError } from "../errors/eleven-labs-error.ts";

/**
 * Refuses a browser's page or worker, where the API key would be public.
 *
 * @throws ElevenLabsError with code `invalid_configuration`
 */
export function checkRuntime(scope: { document?: unknown; importScripts?: unknown }): void {
  if (scope.document || scope.importScripts)
    throw new ElevenLabsError({
      code: "invalid_configuration",
      message:
        "In a browser anybody can read the API key: mint tokens on a server, or set dangerouslyAllowBrowser.",
    });
}
