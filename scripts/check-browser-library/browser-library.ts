import { join } from "node:path";
import { toolCache } from "../check-package/tool-cache.ts";

/** Exact; at 41 MiB it is installed where it is used: by the demo, and by the checks that judge with it. */
export const browserLibraryVersion = "1.25.0";

/**
 * The folder of the provider's browser library, installed once into .cache/.
 *
 * @throws InputError when the registry doesn't give it
 */
export async function browserLibrary(root: string): Promise<string> {
  return join(
    await toolCache(root, [`@elevenlabs/client@${browserLibraryVersion}`]),
    "node_modules/@elevenlabs/client",
  );
}
