import { fileURLToPath } from "node:url";

/** Where what comes from npm is installed. */
export const installedFolder = fileURLToPath(new URL(".", import.meta.url));
